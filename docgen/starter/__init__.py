"""What a new user is given: a workspace, starting files with every key explained, and schemas for editors.

The files lie in nb/ and nn/. The Word templates are those of the repository's templates/, packed with the wheel.
"""

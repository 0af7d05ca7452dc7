"""`docgen watch` as it is run, in storms: thousands of files, a clock that stops, folders that go, disks that fail."""

"""The settings that LibreOffice is started with: quick, quiet, and closed to the network and to other files.

Each process has a profile of its own: a second start on the same one would attach to the first.
"""

from __future__ import annotations

from html import escape

from docgen.deliver.pdf.office import Office

_COMMON = "/org.openoffice.Office.Common/"
_WRITER = "/org.openoffice.Office.Writer/"
_NOWHERE = "127.0.0.1"
_CLOSED_PORT = 9

_SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    (_COMMON + "Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    # Nothing is kept for another time: no recovery, no undo, no list of recent files, no thumbnails.
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/CrashReporterSettings", "Enabled", "false"),
    (_COMMON + "Undo", "Steps", "0"),
    (_COMMON + "History", "PickListSize", "0"),
    (_COMMON + "Save/Document", "GenerateThumbnail", "false"),
    ("/org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", "false"),
    # Nobody types here: no words are collected to be completed.
    (_WRITER + "AutoFunction/Completion", "Enable", "false"),
    (_WRITER + "AutoFunction/Completion", "CollectWords", "false"),
    # No code of a document runs.
    (_COMMON + "Security/Scripting", "MacroSecurityLevel", "3"),
    (_COMMON + "Security/Scripting", "DisableMacrosExecution", "true"),
    (_COMMON + "Security/Scripting", "DisableActiveContent", "true"),
    (_COMMON + "Security/Scripting", "DisablePythonRuntime", "true"),
    (_COMMON + "Security/Scripting", "CheckDocumentEvents", "true"),
    # (DisableActiveContent and DisablePythonRuntime came after LibreOffice 7.4, which passes them over.)
    # No document reaches out: not to the network, and not to other files (stock embeds a picture at file:///).
    (_COMMON + "Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (_WRITER + "Content/Update", "Link", "0"),  # 0: never
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),  # 1: never, other than Writer's
    # What still finds a way out is sent where nobody answers.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", str(_CLOSED_PORT)),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", str(_CLOSED_PORT)),
    # The same pages on every machine, whatever it is set to.
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "nb-NO"),
    ("/org.openoffice.Office.Linguistic/General", "DefaultLocale", "nb-NO"),
)


def profile(office: Office) -> dict[str, str]:
    """Return the files of a fresh profile: path inside it -> text.

    With the installed version named as the last one that ran, LibreOffice skips a test of graphics that takes most
    of a second at every start; with the build named, it does not register extensions and start anew.
    """
    version = ("/org.openoffice.Setup/Product", "ooSetupLastVersion", office.version)
    items = "".join(_item(*setting) for setting in (version, *_SETTINGS))
    return {
        "user/registrymodifications.xcu": (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
            ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
            f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n'
        ),
        "user/extensions/buildid": office.build,
    }


def _item(path: str, name: str, value: str) -> str:
    prop = f'<prop oor:name="{name}" oor:op="fuse"><value>{escape(value, quote=False)}</value></prop>'
    return f'<item oor:path="{path}">{prop}</item>\n'

"""Every kernel compiled before anybody waits for it."""

from importlib import import_module

from titian.planning.kept import MARK, forget_others, is_warm, kept_in

ROOMS = ("trips", "cover", "bilaterals")


def warm() -> bool:
    """Compile and keep what is not kept yet; whether it was new. Half a minute.

    Of the kernels of other versions the two used last are kept: somebody may go back.
    """
    folder = kept_in()
    known = is_warm(folder)
    if not known:
        for room in ROOMS:
            import_module(f"titian.planning.{room}.warming").call_all()
    if folder:
        (folder / MARK).touch()
        forget_others(folder)
    return not known

"""An article becomes its problems at each save, in a process that stays, while another one makes its drafts."""

from multiprocessing.connection import Connection

from triptych.build import inspection
from triptych.content import read
from triptych.guard import limits
from triptych.preview.news import Checked, Task, why


def work(task: Task, pipe: Connection) -> None:
    """Check the article of a task for each number of a save received, until the pipe closes.

    The process ends when that takes too much.
    """
    allowed = read.limits(task.folder)
    limits.hold(allowed)
    while True:
        number = pipe.recv()
        with limits.timed(allowed):
            checked = _checked(task, number)
        pipe.send(checked)


def _checked(task: Task, number: int) -> Checked:
    try:
        _, problems = inspection.problems(task.folder, task.templates, task.order.theme)
    except Exception as error:
        return Checked(number, failure=why(error, task.folder))
    return Checked(number, problems)

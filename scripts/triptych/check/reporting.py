"""What a claim has and its evidence has not becomes a problem, with what the evidence says."""

from triptych.content.claims import Claim, Evidence
from triptych.content.errors import Problem
from triptych.content.files import Files
from triptych.content.typography import shortened


def untraced(files: Files, claim: Claim, field: str, code: str, what: str, known: Evidence) -> Problem:
    """The problem of a field: `what` of a claim is not in its evidence. The hint shows its passages."""
    named = ", ".join(f"`{name}`" for name in claim.passages)
    where = f"its passage{'s' if len(claim.passages) > 1 else ''} {named}" if named else "the prose"
    rests = " ".join(" ".join(known.passages[name].text for name in claim.passages if name in known.passages).split())
    shown = f" “{shortened(rests, 240)}”" if rests else ""
    verb = "are" if what.startswith("the names") else "is"
    message = (
        f"{what} of {claim.title} {verb} not in {where}{' or the records of its sources' if claim.sources else ''}"
    )
    hint = f"Correct it here or in the passage{':' if shown else '.'}{shown}"
    return files.problem(claim.file, claim.place(field), code, message, hint)


def look(files: Files, claim: Claim, field: str, message: str) -> Problem:
    """The warning about a field that only a person can judge."""
    hint = "Look at both. Correct one, or accept it in the head of article.md with your name and a reason."
    return files.problem(claim.file, claim.place(field), "look-again", message, hint, warning=True)

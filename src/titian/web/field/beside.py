"""The words of what else can be done with a request on the phone."""

from django.utils.translation import gettext as _


def phrases() -> dict[str, str]:
    """Name to words; what opens has the act's name, what sends it ends in ``_do``."""
    return {
        "b_more": _("What else can be done"),
        "b_hurry": _("It is urgent"),
        "b_hurry_do": _("Say that it is urgent"),
        "b_hurry_help": _("The team is told at once, and every clock runs faster."),
        "b_pause": _("Let the clock stand"),
        "b_pause_do": _("Let the clock stand"),
        "b_pause_why": _("Why, as the guest will read it"),
        "b_until": _("Until"),
        "b_resume": _("Let the clock go on"),
        "b_stands": _("The clock of the answer stands until {0}: {1}"),
        "b_make_exact": _("This must be exact"),
        "b_make_exact_do": _("Have it said back"),
        "b_make_exact_help": _(
            "Every field is said back before it is in hand. It does not become routine"
            " again."
        ),
        "b_merge": _("The same matter as another"),
        "b_merge_do": _("Make them one matter"),
        "b_merge_help": _("The other request speaks for both. No word is lost."),
        "b_into": _("Request"),
        "b_unmerge": _("Another matter after all"),
        "b_unmerge_do": _("Take it out again"),
        "b_merged": _("One matter with {0}, which speaks for both."),
        "b_split": _("There is another matter in it"),
        "b_split_do": _("Make it a request of its own"),
        "b_part": _("Which part, in a few words"),
        "d_mark": _("machine proposal, unverified"),
        "d_asked": _("The machine is being asked."),
        "d_translation": _("Translation"),
        "d_summary": _("Summary"),
        "d_draft": _("Draft of an answer"),
        "d_transcript": _("Transcript of a voice note"),
        "d_take": _("I have checked it: take it over"),
        "d_dismiss": _("Put away"),
        "d_want_translation": _("Propose a translation"),
        "d_want_summary": _("Propose a summary"),
        "d_want_draft": _("Propose an answer"),
        "d_want_transcript": _("Propose a transcript"),
        "d_edit": _(
            "Change what is wrong. What you send is your word, not the machine's."
        ),
        "b_answer": _("Answer"),
        "b_answer_do": _("Send the answer"),
        "b_answer_words": _("What the guest will read"),
        "b_withdraw": _("The guest no longer needs it"),
        "b_withdraw_do": _("Withdraw the request"),
        "b_call_off": _("It was a false alarm"),
        "b_call_off_do": _("Call the alarm off"),
        "b_call_off_help": _("Only you, who raised it, can call it off."),
    }

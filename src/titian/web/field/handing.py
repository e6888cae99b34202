"""The words of hand-overs, things in custody and the first meeting, for the phone."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def phrases() -> dict[str, str]:
    """Name to words, as all the phone's phrases."""
    return {
        "with_them": _("{0} is with them now."),
        "handing": _("Hand-over"),
        "vehicles": _("Vehicles"),
        "conditions": _("Conditions"),
        "hand_to": _("Hand over to {0}"),
        "hand_to_good": _("For good: I do not come back to them"),
        "handing_out": _("You hand over to {0}."),
        "handing_in": _("{0} hands over to you."),
        "handing_left": _("{0} not accepted yet"),
        "handing_none_left": _("Everything is accepted."),
        "handing_read": _("Read and accept"),
        "handing_look": _("See what is open"),
        "sign_out_duty": _("I have handed over: sign"),
        "sign_in_duty": _("I take over: sign"),
        "signed_at": _("{0} signed at {1}"),
        "waits_for_sign": _("{0} signs first."),
        "waits_for_relief": _("{0} has to sign now. You are on duty until then."),
        "sign_stopped": _("Still to be accepted: {0}"),
        "let_go_read": _(
            "{0} was let go by a coordinator. Read and accept everything, then sign."
        ),
        "call_off": _("Call it off"),
        "accept_item": _("Accept"),
        "accept_all": _("Accept these {0}"),
        "read_back": _("Read back"),
        "question_item": _("Ask about it"),
        "question_label": _("What do you want to know?"),
        "explain_item": _("Answer"),
        "explained_by": _("Answer: {0}"),
        "asked_about": _("Question: {0}"),
        "item_accepted": _("accepted"),
        "item_questioned": _("in question"),
        "item_open": _("not read yet"),
        "item_sent": _("kept on this phone"),
        "kind_ask": _("Requests"),
        "kind_promise": _("Promises"),
        "kind_custody": _("Keys, telephones, cars, gifts"),
        "kind_sensitivity": _("Sensitivities"),
        "kind_next": _("The next 24 hours"),
        "add_word": _("Add what no list knows"),
        "add_word_help": _(
            "Habits, sensitivities, whom to greet first. Only the two of you and the"
            " coordinator read it."
        ),
        "open_sealed": _("Open on its own page"),
        "met_title": _("First meeting"),
        "met_ask": _("Have you met the head of delegation or their liaison?"),
        "met_late": _("It is late: the leader has been told."),
        "met_yes": _("Yes, we have met"),
        "things": _("In my custody"),
        "no_things": _("You hold nothing of theirs."),
        "take_thing": _("Take something into custody"),
        "thing_kind": _("What"),
        "thing_label": _("Which one"),
        "thing_count": _("How many"),
        "thing_taken": _("Take it"),
        "thing_back": _("Given back"),
        "scan_title": _("Sign in and out by code"),
        "scan_take": _("Take into custody"),
        "scan_back": _("Give back"),
        "scan_kind": _("Kind of thing"),
        "scan_code": _("Code on the bag, badge or key"),
        "scan_camera": _("Read codes with the camera"),
        "scan_stop": _("Close the camera"),
        "scan_typed": _(
            "This phone reads no codes by camera: type them, or use a reader."
        ),
        "scan_no_camera": _("The camera did not open. Type the code."),
        "scan_held": pgettext("custody", "held"),
        "scan_returned": _("Given back in the last 12 hours"),
        "end_duty": _("End my duty"),
        "duty_until": _("On duty until {0}"),
    }

"""When somebody gets medical care: the lists under "Get help" and on paper."""

from __future__ import annotations

from django.utils.translation import gettext as _


def now() -> list[str]:
    """One of these that is new or worse is enough to call or go at once."""
    return [
        _(
            "It is numb or feels strange between your legs, around your private parts or your "
            "bottom hole"
        ),
        _("Toilet paper feels different when you wipe"),
        _("Sex feels different, or you cannot get an erection any more"),
        _(
            "It is hard to start or stop peeing, you cannot feel it, you leak, or you do not know "
            "if you are full"
        ),
        _("You cannot hold your poo or feel it come"),
        _("A leg gets weak, a foot drags, or your legs do not do what you want"),
        _("Pain, tingling or numbness in both legs"),
        _("A sudden tearing pain in tummy and back, chest pain, no breath, or you faint"),
        _("A hard accident"),
    ]


def today() -> list[str]:
    """One of these is looked at by a doctor the same day."""
    return [
        _("Fever or feeling ill with back pain"),
        _("A fall, if your bones are thin"),
        _("One calf swollen, red or hot"),
        _("You had cancer, and lose weight or pain wakes you every night"),
    ]

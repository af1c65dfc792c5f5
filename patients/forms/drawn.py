"""The forms of the person in the pictures: one of a few people, or part by part."""

from __future__ import annotations

from typing import NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from curriculum.figures.people import ANYBODY, Person
from patients.models.drawn import Build, Clothes, Hair, HairColour, Skin, Top


class Preset(NamedTuple):
    """A person to choose in one go."""

    name: Promise
    person: Person


def _one(parts: str, **more: bool) -> Person:
    """A person from build, hair, its colour, skin, clothes and colour of the top."""
    build, hair, colour, skin, clothes, top = parts.split()
    return Person(
        build=build, hair=hair, hair_colour=colour, skin=skin, clothes=clothes, top=top, **more
    )


_ELDER = {"beard": True, "glasses": True}
PRESETS: dict[str, Preset] = {
    "short": Preset(_("Short hair"), ANYBODY),
    "curls": Preset(_("Black curls"), _one("medium curls black 6 vest green")),
    "long": Preset(_("Long fair hair"), _one("curved long fair 1 tee plum")),
    "tied": Preset(_("Red hair, tied back"), _one("slim tied red 2 sleeves brick")),
    "headscarf": Preset(_("Headscarf"), _one("curved headscarf black 4 tunic blue")),
    "turban": Preset(_("Turban and beard"), _one("medium turban black 4 tee brick", beard=True)),
    "bun": Preset(_("Grey bun, glasses"), _one("broad bun grey 2 sleeves plum", glasses=True)),
    "sides": Preset(_("White hair and beard"), _one("broad sides white 1 tee green", **_ELDER)),
    "bald": Preset(_("No hair, a beard"), _one("medium bald black 5 shorts ochre", beard=True)),
}


class PersonForm(forms.Form):
    """The person, part by part."""

    build = forms.ChoiceField(label=_("Build"), choices=Build.choices)
    hair = forms.ChoiceField(label=_("Hair or what covers it"), choices=Hair.choices)
    hair_colour = forms.ChoiceField(label=_("Colour of the hair"), choices=HairColour.choices)
    skin = forms.ChoiceField(label=_("Skin"), choices=Skin.choices)
    clothes = forms.ChoiceField(label=_("Clothes"), choices=Clothes.choices)
    top = forms.ChoiceField(label=_("Colour of the top"), choices=Top.choices)
    glasses = forms.BooleanField(label=_("Glasses"), required=False)
    beard = forms.BooleanField(label=_("Beard"), required=False)

    @property
    def parts(self) -> list[forms.BoundField]:
        """The fields with a list of choices."""
        return [self[name] for name in self.fields if name not in ("glasses", "beard")]

    @property
    def person(self) -> Person:
        """The person of a form that is valid."""
        return Person(**self.cleaned_data)

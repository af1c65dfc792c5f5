"""Who shows a patient the drills, as they chose it: the person in the pictures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curriculum.figures.people import Person
from patients.models.people import Patient


class Build(models.TextChoices):
    SLIM = "slim", _("Slim")
    MEDIUM = "medium", _("In between")
    CURVED = "curved", _("Fuller chest")
    BROAD = "broad", _("Broad")


class Hair(models.TextChoices):
    SHORT = "short", _("Short")
    CURLS = "curls", _("Curls")
    LONG = "long", _("Long")
    TIED = "tied", _("Tied back")
    BUN = "bun", _("Bun")
    SIDES = "sides", _("Only at the sides")
    BALD = "bald", _("None")
    HEADSCARF = "headscarf", _("Headscarf")
    TURBAN = "turban", _("Turban")


class HairColour(models.TextChoices):
    BLACK = "black", _("Black")
    BROWN = "brown", _("Brown")
    RED = "red", _("Red")
    FAIR = "fair", _("Fair")
    GREY = "grey", _("Grey")
    WHITE = "white", _("White")


class Skin(models.TextChoices):
    LIGHTEST = "1", _("Very light")
    LIGHT = "2", _("Light")
    LIGHT_BROWN = "3", _("Light brown")
    BROWN = "4", _("Brown")
    DARK_BROWN = "5", _("Dark brown")
    DARKEST = "6", _("Very dark")


class Clothes(models.TextChoices):
    TEE = "tee", _("T-shirt and long trousers")
    VEST = "vest", _("Top without sleeves")
    SLEEVES = "sleeves", _("Long sleeves")
    SHORTS = "shorts", _("T-shirt and shorts")
    TUNIC = "tunic", _("Long top with long sleeves")


class Top(models.TextChoices):
    BLUE = "blue", _("Blue")
    PLUM = "plum", _("Plum")
    GREEN = "green", _("Green")
    BRICK = "brick", _("Brick red")
    OCHRE = "ochre", _("Ochre")


class DrawnPerson(models.Model):
    """The person in a patient's pictures. Without a row the pictures show different people.

    It says nothing of the patient that anybody may conclude: they chose a picture. A change leaves
    no trace of what was chosen before.
    """

    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="drawn_as")
    build = models.CharField(max_length=6, choices=Build)
    hair = models.CharField(max_length=9, choices=Hair)
    hair_colour = models.CharField(max_length=5, choices=HairColour)
    skin = models.CharField(max_length=1, choices=Skin)
    clothes = models.CharField(max_length=7, choices=Clothes)
    top = models.CharField(max_length=5, choices=Top)
    glasses = models.BooleanField(default=False)
    beard = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    build__in=Build.values,
                    hair__in=Hair.values,
                    hair_colour__in=HairColour.values,
                    skin__in=Skin.values,
                    clothes__in=Clothes.values,
                    top__in=Top.values,
                ),
                name="drawn_person_can_be_drawn",
            ),
        ]

    def __str__(self) -> str:
        return f"person drawn for patient {self.patient_id}"

    @property
    def person(self) -> Person:
        return Person(
            build=self.build,
            hair=self.hair,
            glasses=self.glasses,
            beard=self.beard,
            clothes=self.clothes,
            skin=self.skin,
            hair_colour=self.hair_colour,
            top=self.top,
        )

"""The patients of the demo clinics: each in another state of the day or class of the caseload."""

from __future__ import annotations

from patients.demo.life import Answered, Decided, DemoEntry, DemoReport, Life

ELIN = 0
OMAR = 1
MONDAY_WEDNESDAY_FRIDAY = 0b0010101

HARBOUR: tuple[Life, ...] = (
    Life(
        "Maya Roos",
        started=43,
        passed=(31, 12),
        last=1,
        pain=(3, 1),
        usual=3,
        note="Desk work. Low back stiff in the mornings since spring. No leg symptoms.",
        goal_words="Lift the laundry basket",
        not_yet=(Decided(5, 2, "Slow down on the way up: shins quiet, no stop halfway."),),
        fault="squats-the-hinge",
        noted=(
            (43, "told", "Afraid of bending since August. Sleeps well. Works half days."),
            (43, "seen", "Bends to mid-shin, pain at the end. Leg strength and reflexes equal."),
            (5, "judged", "Less guarded. Squats when she hurries; slow ones are clean."),
        ),
    ),
    Life(
        "Tomas Berg",
        started=56,
        passed=(50, 42, 33, 24, 15),
        last=0,
        note="Back to gardening. Flare-ups after long drives.",
        logged={
            0: DemoEntry(pain=7, effort="stopped", why_stopped="pain"),
            6: DemoEntry(pain=3, effort="right", morning=(2, False)),
        },
    ),
    Life(
        "Aisha Khan",
        edition=1,
        started=48,
        passed=(40, 29, 17),
        last=1,
        usual=4,
        note="Nurse, night shifts.",
        logged={
            1: DemoEntry(pain=4, effort="stopped", why_stopped="pain", leg="numb", side="left")
        },
    ),
    Life(
        "Joel Andersson",
        edition=1,
        started=56,
        set_aside={"front-leg": "variant: whole forefoot down, for balance"},
        ticked=4,
        passed=(56, 56, 44, 33, 22, 10),
        last=1,
        lead=OMAR,
        pain=(1, 0),
        logged={
            1: DemoEntry(
                pain=1, effort="hard", note="Is it meant to wobble this much on the left leg?"
            )
        },
    ),
    Life(
        "Vera Blom",
        started=33,
        passed=(24, 10),
        last=0,
        lead=OMAR,
        pain=(2, 1),
        logged={
            0: DemoEntry(
                pain=2,
                effort="right",
                note="I fell on the stairs on Sunday, but it went fine today.",
            )
        },
    ),
    Life(
        "Clara Wong",
        started=38,
        passed=(29, 18, 8),
        last=1,
        usual=3,
        logged={
            1: DemoEntry(pain=5, effort="hard"),
            2: DemoEntry(pain=5, effort="hard"),
            3: DemoEntry(pain=2, effort="right"),
        },
    ),
    Life(
        "Peter Lund",
        started=25,
        passed=(12,),
        last=1,
        asked=(1, "Feels steady now. Can you have a look?"),
        ticked=2,
    ),
    Life(
        "Greta Nilsson",
        started=31,
        passed=(14,),
        last=1,
        ready=True,
        pain=(2, 0),
        note="Runs twice a week.",
    ),
    Life(
        "Samuel Okafor",
        edition=1,
        started=52,
        passed=(45, 36, 26, 19),
        last=1,
        lead=OMAR,
        ready=True,
        pain=(2, 1),
        goal=6,
    ),
    Life(
        "Ida Falk",
        started=5,
        last=6,
        link="fresh",
        link_ago=5,
        note="Prefers paper.",
        precautions={"shoulder": "Frozen left shoulder since spring."},
        asked_beside={"shoulder": {"side": "left"}},
    ),
    Life(
        "Yusuf Demir",
        started=34,
        passed=(21,),
        last=9,
        pain=(2, 1),
        told={2: DemoReport({"other": ""}, pain=2, words="In bed with a cold, the back is fine.")},
    ),
    Life(
        "Ebba Holmgren",
        started=27,
        passed=(16,),
        last=2,
        usual=2,
        pain=(2, 1),
        told={0: DemoReport({"below_knee": "left"}, pain=3, since="week")},
    ),
    Life(
        "Nils Holm",
        taken_on=2,
        link="none",
        note="Referred by the health centre: recurrent low back pain.",
    ),
    Life(
        "Henrik Sand",
        started=41,
        set_aside={"lean-fifty": "precaution: hip bends to 80 degrees"},
        precautions={"hip_limit": "New right hip in June: not past 80 degrees."},
        asked_beside={"hip_limit": {"degrees": "80", "side": "right"}},
        passed=(33, 22, 9),
        last=0,
        pain=(2, 1),
        logged={0: DemoEntry(pain=1, effort="hard")},
    ),
    Life(
        "Lena Mori",
        started=29,
        passed=(20, 11),
        last=1,
        rests_today=True,
        not_yet=(Decided(4, 1, "Stool a hand further away, and breathe out on the way up."),),
        fault="stutters",
    ),
    Life(
        "Nora Ek",
        started=0,
        last=1,
        link="fresh",
        link_ago=0,
        usual=2,
        goal_words="Play with my son on the floor",
        precautions={"pregnancy": "Gave birth nine weeks ago.", "hernia_pelvic_floor": ""},
        asked_beside={"hernia_pelvic_floor": {"large": "no"}},
    ),
    Life(
        "Priya Varma",
        started=45,
        passed=(38, 28, 19, 13),
        last=1,
        usual=2,
        lowered=Answered(3, 4, "Bench behind for a few days, then we take the band again."),
        logged={
            3: DemoEntry(pain=6, effort="stopped", why_stopped="pain"),
            1: DemoEntry(pain=2, effort="hard"),
        },
    ),
    Life(
        "Oskar Dahl",
        started=56,
        passed=(56, 56, 52, 46, 36, 22, 6),
        last=1,
        pain=(1, 0),
        weekdays=MONDAY_WEDNESDAY_FRIDAY | 1 << 6,
        told={2: DemoReport(pain=8, taken_back=3)},
    ),
    Life(
        "Astrid Alm",
        started=2,
        last=3,
        usual=3,
        note="Fever since yesterday. Sent to her doctor.",
        not_cleared="Fever with the back pain. Sent to her doctor the same day, letter given.",
    ),
    Life(
        "Rosa Lind",
        started=40,
        passed=(28, 15),
        last=4,
        away=(3, 9),
        precautions={"osteoporosis": "Wrist fracture in 2024.", "falls": "Two falls this winter."},
    ),
    Life(
        "Karin Wik",
        edition=1,
        started=50,
        passed=(43, 34, 26, 18),
        last=1,
        lead=OMAR,
        withdrawn=(
            7,
            4,
            "Back from a cold: rounds at the bottom again. One step down, then up quickly.",
        ),
        fault="low-back-rounds-late",
        told={
            5: DemoReport(
                {"numb": "right"},
                pain=2,
                since="longer",
                found="Outer foot numb as at the first visit. Strength and reflexes equal.",
                word="As before. Go on, and tell me if it spreads.",
            )
        },
    ),
    Life("Amir Saleh", started=37, passed=(37, 37, 29, 20, 1), last=1, weight=False, goal=6),
    Life(
        "Linnea Strand",
        started=48,
        passed=(43, 36, 29, 21, 11),
        last=1,
        pain=(1, 0),
        note="Works at a nursery, lifts boxes of pots.",
        stays_on="kettlebell-block",
        weights={"kettlebell": (8, 12, 14, 16)},
        logged={
            10: DemoEntry(pain=1, reps=8, reserve=4, morning=(1, False)),
            8: DemoEntry(pain=1, reps=10, reserve=3, morning=(0, False)),
            5: DemoEntry(pain=1, reps=11, reserve=3, morning=(0, False)),
            3: DemoEntry(pain=0, reps=12, reserve=3, morning=(0, False)),
            1: DemoEntry(pain=0, reps=12, reserve=3, morning=(0, False)),
        },
    ),
    Life(
        "Bo Stigsson",
        started=56,
        passed=(49, 40, 31, 22),
        last=12,
        discharged=11,
        goal=4,
        edition=1,
    ),
)

HILLTOP: tuple[Life, ...] = (
    Life("Noor Nadim", started=24, passed=(11,), last=1),
    Life("Emil Frost", started=9, last=1, logged={1: DemoEntry(pain=3, effort="hard")}),
)

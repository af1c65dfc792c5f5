from typing import ClassVar

from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "curriculum"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "What is taught"

    #: ``config.triggers`` installs these after every migrate, on both databases.
    triggers: ClassVar[dict[str, dict[str, str]]] = {
        "curriculum_level_helper_unloaded": {
            "table": "curriculum_level",
            "events": "INSERT UPDATE",
            "refuse_when": (
                "NEW.helper AND EXISTS (SELECT 1 FROM curriculum_drill WHERE id = NEW.drill_id"
                " AND load <> 'none')"
            ),
            "message": "a helper level has no load",
        },
        "curriculum_drill_helper_unloaded": {
            "table": "curriculum_drill",
            "events": "UPDATE",
            "refuse_when": (
                "NEW.load <> 'none' AND EXISTS (SELECT 1 FROM curriculum_level"
                " WHERE drill_id = NEW.id AND helper)"
            ),
            "message": "a helper level has no load",
        },
        "curriculum_ladder_stays_published": {
            "table": "curriculum_ladder",
            "events": "UPDATE",
            "refuse_when": "OLD.published_at IS NOT NULL AND NEW.published_at IS NULL",
            "message": "a published edition is never a draft again",
        },
    }

"""What goes in and out of the API, read strictly: the types below are also its documentation."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from survey.kinds import KINDS, NOT_CONCERNED, kind_of
from survey.questionnaire import Condition, QuestionSpec

# Docstrings of serializers would stand, in English, in the French documentation.
NOT_AN_OBJECT = {"invalid": "Donnez un objet JSON, entre accolades."}

ANSWERS = {
    "type": "object",
    "description": "Les valeurs par code de question ; `schema`, dans le questionnaire, dit la "
    'forme de chacune. À toute question, `null` : pas de réponse ; `{"not_concerned": true}` : '
    "elle ne me concerne pas.",
    "additionalProperties": {
        "nullable": True,
        "oneOf": [
            {"type": "string"},
            {"type": "number"},
            {"type": "array", "items": {}},
            {
                "type": "object",
                "description": "Un choix et sa précision.",
                "properties": {"choice": {"type": "string"}, "other": {"type": "string"}},
                "required": ["choice"],
            },
            {
                "type": "object",
                "description": "La question ne me concerne pas.",
                "properties": {"not_concerned": {"type": "boolean", "enum": [True]}},
                "required": ["not_concerned"],
                "additionalProperties": False,
            },
        ],
    },
    "example": {
        "tiers_lieu": "oui",
        "publics_age": ["seniors", "jeunes"],
        "seances_duree": 90,
        "statut": {"choice": "autre", "other": "portage salarial"},
        "equipe": None,
        "handicap_acces": NOT_CONCERNED,
    },
}
CONDITION = {
    "type": "object",
    "nullable": True,
    "description": "Posée si la réponse à `question` est dans `any_of`, ou donnée et hors de "
    "`none_of` ; toujours, si `null`. « Non concerné » n’ouvre rien.",
    "properties": {
        "question": {"type": "string"},
        "any_of": {"type": "array", "items": {"type": "string"}},
        "none_of": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["question"],
}


class StrictBoolean(serializers.BooleanField):
    """A JSON boolean: a consent is never guessed from what looks like one."""

    default_error_messages = {"invalid": "Écrivez true ou false."}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class Version(serializers.IntegerField):
    default_error_messages = {"invalid": "Écrivez un nombre entier, 0 ou plus."}

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int) or data < 0:
            self.fail("invalid")
        return data


@extend_schema_field(ANSWERS)
class Answers(serializers.Field):
    """Values by question: a JSON object, whose values each question's kind will judge."""

    default_error_messages = NOT_AN_OBJECT

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            self.fail("invalid")
        return data

    def to_representation(self, value: dict[str, Any]) -> dict[str, Any]:
        return value


@extend_schema_field({"type": "string", "enum": sorted(KINDS)})
class KindField(serializers.CharField):
    pass


@extend_schema_field(CONDITION)
class ConditionField(serializers.Field):
    def to_representation(self, value: Condition) -> dict[str, Any]:
        return value.rule


class ChoiceSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    exclusive = serializers.BooleanField(help_text="Ce choix ne va avec aucun autre.")
    other = serializers.BooleanField(help_text="Ce choix peut être précisé par un texte.")


class QuestionSerializer(serializers.Serializer):
    code = serializers.CharField()
    kind = KindField()
    title = serializers.CharField()
    label = serializers.CharField(help_text="La question, comme elle est posée.")
    help = serializers.CharField()
    choices = ChoiceSerializer(many=True)
    condition = ConditionField()
    ordered = serializers.BooleanField(help_text="Les choix forment une échelle.")
    unit = serializers.CharField()
    item = serializers.CharField(
        help_text="Le nom de ce qu’un classement classe : « Public » pour « Public n°1 »."
    )
    minimum = serializers.FloatField(allow_null=True)
    maximum = serializers.FloatField(allow_null=True)
    consent = serializers.CharField(help_text="L’accord sans lequel son texte reste privé.")
    schema = serializers.SerializerMethodField(help_text="Le schéma JSON d’une réponse donnée.")

    def get_schema(self, question: QuestionSpec) -> dict[str, Any]:
        return kind_of(question).schema(question)


class QuestionnaireSectionSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    introduction = serializers.CharField()
    questions = QuestionSerializer(many=True)


class QuestionnaireSerializer(serializers.Serializer):
    # Of a `publication.Campaign`.
    code = serializers.CharField(source="structure.code")
    title = serializers.CharField(source="structure.title")
    introduction = serializers.CharField(source="structure.introduction")
    guiding_questions = serializers.ListField(
        child=serializers.CharField(), source="structure.guiding_questions"
    )
    is_open = serializers.BooleanField(help_text="Les réponses sont prises en ce moment.")
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    sections = QuestionnaireSectionSerializer(many=True, source="structure.as_offered.sections")


class ConsentsSerializer(serializers.Serializer):
    # Each consent is given apart; what is not said is not given.
    default_error_messages = NOT_AN_OBJECT

    participate = StrictBoolean(default=False, help_text="Prendre part : nécessaire.")
    publish_texts = StrictBoolean(default=False, help_text="Publier mes textes, une fois relus.")
    name_structure = StrictBoolean(default=False, help_text="Nommer ma structure.")


class ConsentsBodySerializer(serializers.Serializer):
    consents = ConsentsSerializer()


class StartedSerializer(serializers.Serializer):
    number = serializers.IntegerField(help_text="Le numéro sous lequel paraissent les textes.")
    token = serializers.CharField(help_text="Le code du lien personnel, donné une seule fois.")


class AnswersBodySerializer(serializers.Serializer):
    version = Version(min_value=0, help_text="La version dont ces réponses sont parties.")
    answers = Answers(help_text="Seules les réponses nommées changent.")


class SavedSerializer(serializers.Serializer):
    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    answers = Answers()


class CompletedSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    completed_at = serializers.DateTimeField()


class ProblemSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="Stable : c’est sur lui que se règle un programme.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="À lire par une personne.")
    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Les messages par code de question, ou par champ de l’envoi.",
    )


class ConflictingValuesSerializer(serializers.Serializer):
    yours = serializers.JSONField(allow_null=True)
    saved = serializers.JSONField(allow_null=True)


class ConflictSerializer(ProblemSerializer):
    version = serializers.IntegerField(help_text="La version enregistrée, d’où repartir.")
    conflicts = serializers.DictField(
        child=ConflictingValuesSerializer(), help_text="Les deux valeurs, par code de question."
    )

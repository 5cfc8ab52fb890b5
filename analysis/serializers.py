"""What the report is in JSON, for the API's documentation; payload.py makes it."""

from rest_framework import serializers

GONE = "D’une édition : combien ont été retirés ou modifiés depuis."


class BaseSerializer(serializers.Serializer):
    """Of a group, `answered` alone is told; of two, each one stands under `groups`."""

    asked = serializers.IntegerField(allow_null=True)
    answered = serializers.IntegerField(allow_null=True)
    missing = serializers.IntegerField(allow_null=True, help_text="Posée, sans réponse : « na ».")
    not_asked = serializers.IntegerField(
        allow_null=True,
        help_text="La condition n’était pas remplie, ou la question ne concernait pas la personne.",
    )
    not_concerned = serializers.IntegerField(
        allow_null=True,
        help_text="Parmi `not_asked`, qui a dit que la question ne le concernait pas.",
    )


class ChoiceShareSerializer(serializers.Serializer):
    choice = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField(
        allow_null=True, help_text="Null dans un groupe : personne, ou trop peu pour être dit."
    )
    share = serializers.FloatField(
        allow_null=True,
        help_text="De celles et ceux qui ont répondu, de 0 à 1 ; null sans réponse.",
    )


class ItemRanksSerializer(serializers.Serializer):
    choice = serializers.CharField()
    label = serializers.CharField()
    counts = serializers.ListField(
        child=serializers.IntegerField(allow_null=True),
        help_text="En premier, en deuxième… ; dans un groupe, en premier seulement.",
    )
    mentioned = serializers.IntegerField(allow_null=True, help_text="À n’importe quel rang.")
    first_share = serializers.FloatField(
        allow_null=True, help_text="De celles et ceux qui ont répondu, de 0 à 1 : en premier."
    )
    mentioned_share = serializers.FloatField(
        allow_null=True, help_text="De même : à n’importe quel rang."
    )
    mean_rank = serializers.FloatField(
        allow_null=True,
        help_text="Moyenne des rangs donnés à ce choix ; null si personne n’en a donné.",
    )
    mean_rank_base = serializers.IntegerField(
        allow_null=True,
        required=False,
        help_text="Qui a donné un rang à ce choix ; absent d’anciennes éditions.",
    )


class BinSerializer(serializers.Serializer):
    def get_fields(self) -> dict[str, serializers.Field]:
        # `from` is a keyword of Python.
        return {
            "from": serializers.FloatField(),
            "to": serializers.FloatField(allow_null=True, help_text="Exclu ; null : et plus."),
            "count": serializers.IntegerField(allow_null=True),
        }


class DistributionSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    min = serializers.FloatField(allow_null=True)
    q1 = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True)
    mean = serializers.FloatField(allow_null=True)
    q3 = serializers.FloatField(allow_null=True)
    max = serializers.FloatField(allow_null=True)
    bins = BinSerializer(many=True)


class TextGroupSerializer(serializers.Serializer):
    group = serializers.CharField(help_text="Le choix des auteurs ; `na` : sans réponse.")
    label = serializers.CharField()
    published = serializers.IntegerField()


class TextsSerializer(serializers.Serializer):
    published = serializers.IntegerField(allow_null=True)
    url = serializers.URLField()
    groups = TextGroupSerializer(many=True, required=False, help_text="Où ils sont groupés.")
    gone = serializers.IntegerField(required=False, help_text=GONE)


class DaySerializer(serializers.Serializer):
    date = serializers.DateField()
    responses = serializers.IntegerField(help_text="Cumulées, à la fin du jour.")
    complete = serializers.IntegerField(help_text="De celles-là, terminées à la fin du jour.")


class CampaignSerializer(serializers.Serializer):
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    circulation = serializers.CharField(allow_blank=True)


class GroupSerializer(serializers.Serializer):
    """One of two groups compared, with `shares`, `ranks` or `distribution` as the measure has."""

    group = serializers.CharField(help_text="Comme l’adresse le nomme : `equipe:seul`.")
    label = serializers.CharField()
    answered = serializers.IntegerField(allow_null=True)
    shares = ChoiceShareSerializer(many=True, required=False)
    ranks = ItemRanksSerializer(many=True, required=False)
    distribution = DistributionSerializer(required=False)


class ChartSerializer(serializers.Serializer):
    svg = serializers.URLField()
    png = serializers.URLField()
    alt = serializers.CharField()


class MapSerializer(ChartSerializer):
    credit = serializers.CharField(help_text="D’où viennent les contours.")


class CrossedGroupSerializer(serializers.Serializer):
    choice = serializers.CharField(
        allow_null=True, help_text="Null : le reste, groupes trop petits et sans réponse."
    )
    label = serializers.CharField()
    base = serializers.IntegerField()
    shares = ChoiceShareSerializer(many=True)


class CrossedSerializer(serializers.Serializer):
    """Answers by those to the question `by`; its table is the first of `details`."""

    by = serializers.CharField()
    title = serializers.CharField()
    sentence = serializers.CharField()
    groups = CrossedGroupSerializer(many=True)
    chart = ChartSerializer(allow_null=True)
    csv = serializers.URLField()


class TableSerializer(serializers.Serializer):
    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField())


class DetailSerializer(TableSerializer):
    title = serializers.CharField()
    sentence = serializers.CharField(allow_blank=True)
    chart = ChartSerializer(allow_null=True)
    csv = serializers.URLField()
    gone = serializers.IntegerField(required=False, help_text=GONE)


class CommentarySerializer(serializers.Serializer):
    """What editors wrote of everybody's figures: absent where a group was asked for."""

    position = serializers.ChoiceField(
        ["above", "below"], help_text="Avant ou après les chiffres du bloc, les blocs de la partie."
    )
    html = serializers.CharField(help_text="Assaini, avec les chiffres du moment.")
    text = serializers.CharField(help_text="Le même, sans mise en forme.")
    written_at = serializers.DateTimeField()
    base = serializers.IntegerField(help_text="Combien de réponses il y avait alors.")
    outdated = serializers.BooleanField(
        help_text="Les chiffres ont changé depuis : à lire comme daté."
    )


class BlockSerializer(serializers.Serializer):
    """`shares`, `ranks`, `distribution`, `texts`, `curve` are there as the measure has them.

    `crossed` where the report crosses the block with another question; never of a group.
    """

    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    measure = serializers.CharField()
    sentence = serializers.CharField()
    commentary = CommentarySerializer(many=True)
    base = BaseSerializer()
    shares = ChoiceShareSerializer(many=True, required=False)
    ranks = ItemRanksSerializer(many=True, required=False)
    distribution = DistributionSerializer(required=False)
    crossed = CrossedSerializer(required=False)
    texts = TextsSerializer(required=False)
    curve = DaySerializer(many=True, required=False)
    campaign = CampaignSerializer(required=False)
    groups = GroupSerializer(many=True, required=False)
    legend = serializers.CharField(allow_blank=True, help_text="Comment lire le graphique.")
    chart = ChartSerializer(allow_null=True)
    map = MapSerializer(required=False, help_text="Là où les réponses sont des lieux.")
    table = TableSerializer()
    csv = serializers.URLField()
    details = DetailSerializer(many=True)


class SectionSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    commentary = CommentarySerializer(many=True)
    blocks = BlockSerializer(many=True)


class RespondentsSerializer(serializers.Serializer):
    total = serializers.IntegerField(allow_null=True)
    complete = serializers.IntegerField(allow_null=True)
    partial = serializers.IntegerField(allow_null=True)


class OfferSerializer(serializers.Serializer):
    group = serializers.CharField()
    label = serializers.CharField()
    size = serializers.IntegerField(allow_null=True, help_text="Null : trop peu pour être dit.")


class FilterSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    groups = OfferSerializer(many=True)


class ReportSerializer(serializers.Serializer):
    questionnaire = serializers.CharField()
    title = serializers.CharField()
    updated_at = serializers.DateTimeField()
    edition = serializers.DateField(allow_null=True, help_text="Null : le rapport d’aujourd’hui.")
    respondents = RespondentsSerializer()
    selection = serializers.ListField(
        child=serializers.CharField(), help_text="Les groupes dont parle le rapport ; [] : tous."
    )
    filters = FilterSerializer(many=True)
    sections = SectionSerializer(many=True)


class TextPageSerializer(serializers.Serializer):
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        return super().get_fields() | {"results": TextSerializer(many=True)}


class TextSerializer(serializers.Serializer):
    number = serializers.IntegerField(help_text="Le numéro de la personne, jamais réattribué.")
    text = serializers.CharField()
    counted_as = serializers.CharField(
        allow_null=True,
        help_text="Le choix avec lequel les chiffres comptent cette précision, à la place de"
        " « Autre » ; null sinon, et dans une édition.",
    )
    group = serializers.CharField(
        required=False,
        allow_null=True,
        help_text="Le choix de la personne à la question qui groupe les textes, s’il y en a une.",
    )

"""What the demo data are drawn from: the exact counts of 2021, and plausible weights elsewhere."""

from collections.abc import Mapping

RESPONDENTS, COMPLETE, STRUCTURES = 95, 64, 63
EXTRA_DEPARTMENT = "44"
"""One person gave a department and no structure."""

# Exact counts among the people of the 63 structures; whoever is left over does not answer.
QUOTAS: Mapping[str, Mapping[str, int]] = {
    "tiers_lieu": {"oui": 24, "non": 39},
    "activites_numeriques": {"les_deux": 29, "initiations": 21, "formations": 7, "aucune": 4},
    "seances_format": {"collectif": 39, "individuel": 20, "autre": 1},
    "part_mediation": {
        "plein_temps": 20,
        "plus_mi_temps": 15,
        "mi_temps": 10,
        "moins_mi_temps": 11,
        "ponctuelle": 4,
    },
    "equipe": {"equipe": 42, "seul": 18},
    "distanciel": {"oui": 34, "non": 27},
}
HOME_VISITS = 8
"""Structures that go to people's homes, all of them associations."""
STUDENTS_AHEAD = 6
"""Named structures that put students first or second."""

# Weights of the first rank, then of being mentioned at all.
RANKINGS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "publics_age": {
        "enfants": (5, 0.5),
        "jeunes": (6, 0.55),
        "adultes_18_30": (6, 0.7),
        "adultes_30_60": (24, 0.94),
        "seniors": (59, 0.9),
    },
    "publics_csp": {
        "employes": (9, 0.55),
        "ouvriers": (2, 0.35),
        "artisans_commercants": (1, 0.25),
        "cadres": (1, 0.15),
        "agriculteurs": (1, 0.15),
        "retraites": (55, 0.8),
        "sans_activite": (22, 0.97),
        "professions_intermediaires": (2, 0.25),
        "etudiants": (0.5, 0.35),
        "enfants": (3, 0.2),
    },
}

# Weights of questions with one choice, in the questionnaire's order of choices; others are even.
WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "tiers_lieu_forme": (4, 8, 9, 3, 1),
    "seances_effectif": (17, 19, 4, 1),
    "langue_etrangere": (3, 7),
    "handicap_acces": (6, 4, 1.5, 0.5),
    "handicap_refus": (6, 3, 0.6, 2),
    "handicap_outils": (2, 5),
    "sexe": (56, 40, 3, 0),
    "statut": (24, 12, 13, 4, 4, 2, 2, 2),
    "formation_initiale": (0.5, 0.5, 3, 6, 14, 18, 14, 1, 1),
    "brevet_professionnel": (12, 3, 3, 6, 5, 24, 2),
    "certification": (3, 5),
    "formation_mediation": (3, 4),
    "formation_pedagogie": (4, 3),
    "logiciels_libres": (3, 9, 17, 22, 5, 2),
    "sites_ressources": (6, 2),
    "production": (6, 3),
    "production_licence": (14, 5, 9, 11, 2),
    "etat_esprit": (6, 21, 17, 7, 2),
}
MULTIPLES: tuple[float, ...] = (0.72, 0.6, 0.52, 0.44, 0.36, 0.3, 0.24, 0.2, 0.16, 0.12, 0.08)
"""How often the first, second, … choice of a list is ticked."""

NUMBERS: Mapping[str, tuple[float, ...]] = {
    "seances_nombre": (
        *(2, 4, 4, 6, 8, 8, 8, 10, 10, 12, 12, 12, 15, 15, 16, 20, 20, 20, 24, 25, 30, 30),
        *(35, 40, 40, 45, 50, 60, 80, 120),
    ),
    "seances_duree": (30, 45, 45, 60, 60, 60, 60, 75, 90, 90, 90, 120, 120, 120, 120, 150, 180),
    "age": (
        *(21, 23, 24, 26, 27, 28, 29, 30, 31, 32, 33, 34, 34, 35, 36, 37, 38, 38, 39, 40, 41),
        *(41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 55, 56, 58, 59, 61, 64),
    ),
    "anciennete": (
        *(0.5, 1, 1, 1.5, 2, 2, 2.5, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8, 10, 10, 11, 12, 14, 15),
        *(16, 18, 20, 22, 25),
    ),
}

"""The outline of the questionnaire and its report: a contract that no file may shorten."""

# Code and kind of every question, in the order of the report.
SECTIONS = {
    "participation": "departement:department",
    "structures": """
        structure_nom:short_text structure_communication:url structure_type:single
        tiers_lieu:yesno tiers_lieu_forme:single activites_numeriques:single
    """,
    "publics": "publics_age:ranking publics_csp:ranking",
    "situations": """
        seances_format:single seances_effectif:single part_mediation:single
        autres_activites:long_text equipe:single domicile:yesno distanciel:yesno
        distanciel_outils:multiple distanciel_animation:multiple distanciel_retour:long_text
        seances_nombre:number seances_duree:number seances_objectifs:multiple
        evaluation:multiple posture:multiple
    """,
    "difficultes": """
        langue_etrangere:yesno handicap_acces:single handicap_refus:single
        handicap_outils:yesno handicap_outils_detail:long_text
    """,
    "postures": "qualites:multiple preparation:multiple attention:multiple",
    "mediateurs": """
        sexe:single age:number anciennete:number statut:single formation_initiale:single
        brevet_professionnel:single certification:yesno certification_raisons:multiple
        formation_mediation:yesno formation_mediation_detail:long_text
        formation_pedagogie:yesno developpement_competences:multiple
        formation_envisagee:multiple
    """,
    "ressources": """
        equipements:multiple equipements_origine:multiple logiciels_libres:single
        sites_ressources:yesno sites_ressources_detail:long_text production:yesno
        production_licence:single
    """,
    "evolution": """
        evolution_missions:long_text evolution_structure:long_text axes_avenir:long_text
        vie_sociale_locale:long_text parcours:long_text etat_esprit:single
        etat_esprit_raison:long_text freins:long_text
    """,
    "vigilance": """
        thematique_essentielle:long_text evolution_pratiques:long_text
        freins_pratiques:long_text environnement_ideal:long_text infos_collegues:long_text
    """,
    "retours": "commentaires:long_text",
}

CODES = [
    "participation",
    *(asked.split(":")[0] for section in SECTIONS.values() for asked in section.split()),
]
"""Every block of the report, in its order."""

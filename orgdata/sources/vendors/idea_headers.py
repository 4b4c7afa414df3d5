"""The headers and stages of lists of ideas in German, French and Spanish, as people write them."""

from collections.abc import Mapping

from orgdata.model.fields import normalise_name
from orgdata.sources.vendors import jira_headers

_OTHERS: Mapping[str, str] = {  # the English header → German, French, Spanish
    "Idea ID": "Ideen-ID|Ideennummer|ID de l'idée|ID idée|ID de la idea|ID idea",
    "Idea": "Idee|Produktidee|Idée|Idée de produit|Idea de producto",
    "Outcome": "Unternehmensziel|Wirkung|Objectif d'entreprise|Objectif stratégique|Résultat visé|"
               "Objetivo de empresa|Objetivo estratégico|Resultado buscado",
    "Goal": "Ziel|Objectif|Objetivo|Meta",
    "Goals": "Ziele|Objectifs|Objetivos|Metas",
    "Insights": "Erkenntnisse|Informations clés|Enseignements|Perspectivas|Hallazgos",
    "Votes": "Stimmen|Abstimmungen|Votos",
    "Delivery progress": "Lieferfortschritt|Avancement de la livraison|Progreso de la entrega",
    "Idea short description": "Kurzbeschreibung der Idee|Brève description de l'idée|"
                              "Descripción breve de la idea",
    "Theme": "Thema|Thème|Tema",
    "Feature name": "Name des Features|Funktionsname|Nom de la fonctionnalité|"
                    "Nombre de la funcionalidad|Nombre de la función",
    "Component": "Komponente|Composant|Componente",
    "Timeframe": "Zeitrahmen|Période|Plazo",
    "Objectives": "Objectifs visés|Zielsetzungen|Objetivos perseguidos",
    "Description": "Beschreibung|Descriptif|Descripción",
    "Product": "Produkt|Produit|Producto",
    "Type": "Typ|Art|Tipo",
    "Stage": "Phase|Stufe|Étape|Stade|Etapa|Fase",
    "Status": "Stand|Statut|État|Estado",
    "Owner": "Verantwortlich|Verantwortliche|Zuständig|Responsable|Porteur",
    "Asked by": "Gewünscht von|Angefragt von|Anforderer|Demandé par|Demandeur|Solicitado por|"
                "Pedido por",
    "Created": "Erstellt|Erstellt am|Créé|Créée|Créé le|Creado|Creada|Creado el",
    "Proposed on": "Vorgeschlagen am|Proposé le|Proposée le|Propuesto el|Propuesta el",
    "Probability": "Wahrscheinlichkeit|Chance in %|Probabilité|Probabilidad",
    "Effect": "Effekt|Erwartete Wirkung|Effet|Effet attendu|Efecto|Efecto esperado",
    "Effect low": "Effekt niedrig|Effekt mindestens|Effet bas|Effet minimum|Efecto bajo|"
                  "Efecto mínimo",
    "Effect likely": "Effekt wahrscheinlich|Effet probable|Efecto probable",
    "Effect high": "Effekt hoch|Effekt höchstens|Effet haut|Effet maximum|Efecto alto|"
                   "Efecto máximo",
    "Effort low": "Aufwand niedrig|Aufwand mindestens|Effort bas|Effort minimum|Esfuerzo bajo|"
                  "Esfuerzo mínimo",
    "Effort likely": "Aufwand wahrscheinlich|Effort probable|Esfuerzo probable",
    "Effort high": "Aufwand hoch|Aufwand höchstens|Effort haut|Effort maximum|Esfuerzo alto|"
                   "Esfuerzo máximo",
    "Person-weeks": "Personenwochen|Aufwand (Wochen)|Aufwand (Personenwochen)|Semaines-personne|"
                    "Effort (semaines)|Semanas-persona|Esfuerzo (semanas)",
}
_ENGLISH = {normalise_name(other): normalise_name(english)
            for english, others in _OTHERS.items() for other in others.split("|")}
STAGES: Mapping[str, str] = {  # stage → its words in these languages, as they are compared
    "idea": "idee neu neue_idee offen idée nouvelle nouveau nouvelle_idée nueva nuevo nueva_idea "
            "pendiente abierta",
    "discovery": "erkundung in_erkundung in_prüfung prüfung untersuchung découverte en_découverte "
                 "en_exploration à_l'étude à_l’étude en_étude descubrimiento exploración "
                 "en_exploración investigación en_estudio",
    "validated": "validiert bestätigt geplant freigegeben validée validé planifiée planifié "
                 "approuvée approuvé validada validado planificada planificado aprobada aprobado",
    "building": "in_arbeit in_umsetzung umsetzung in_entwicklung en_cours en_développement "
                "en_construction en_curso en_desarrollo en_construcción",
    "shipped": "fertig ausgeliefert veröffentlicht umgesetzt erledigt livrée livré terminée "
               "terminé publiée publié entregada entregado lanzada lanzado terminada terminado "
               "publicada publicado",
    "dropped": "verworfen abgelehnt gestrichen abandonnée abandonné rejetée rejeté descartada "
               "descartado rechazada rechazado"}


def english(name: str) -> str:
    """A header of a list of ideas in English; both as `normalise_name` says."""
    return _ENGLISH.get(name, name)


def english_of_jira(name: str) -> str:
    """A header of Jira's ideas in English: of its own columns, and of the fields of ideas."""
    name = jira_headers.english(name)
    field = "custom_field_("
    if name.startswith(field):
        return f"{field}{english(name[len(field):].removesuffix(')'))})"
    return english(name)

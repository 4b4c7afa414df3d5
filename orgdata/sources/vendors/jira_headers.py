"""The headers of Jira's exports in its other languages, as they stand in the files."""

from collections.abc import Mapping

from orgdata.model.fields import normalise_name

_OTHERS: Mapping[str, str] = {  # the English header → Spanish, German, French, Portuguese, others
    "Summary": "Resumen|Zusammenfassung|Résumé|Resumo|Riepilogo|Samenvatting|要約",
    "Issue key": "Clave de incidencia|Clave de la incidencia|Vorgangsschlüssel|Clé de ticket|"
                 "Clé de demande|Chave da item|Chave do item|Chiave ticket|Issuesleutel|課題キー",
    "Key": "Clave|Schlüssel|Clé|Chave|Chiave|Sleutel|キー",
    "Issue id": "ID de la incidencia|ID de incidencia|Vorgangs-ID|ID de ticket|ID du ticket|"
                "ID da item|ID do item|ID ticket|Issue-ID|課題 ID",
    "Issue Type": "Tipo de Incidencia|Vorgangstyp|Type de ticket|Type de demande|Tipo de item|"
                  "Tipo do item|Tipo ticket|Tipo di ticket|Issuetype|課題タイプ",
    "Status": "Estado|État|Statut|Stato|ステータス",
    "Status Category": "Categoría de estado|Categoría del estado|Statuskategorie|"
                       "Catégorie d'état|Catégorie de statut|Categoria do status|"
                       "Categoria de status|Categoria stato|ステータス カテゴリ",
    "Project key": "Clave del proyecto|Clave de proyecto|Projektschlüssel|Clé de projet|"
                   "Clé du projet|Chave do projeto|Chave de projeto|Chiave progetto|"
                   "Projectsleutel|プロジェクト キー|プロジェクトキー",
    "Project name": "Nombre del proyecto|Projektname|Nom du projet|Nom de projet|"
                    "Nome do projeto|Nome progetto|Projectnaam|プロジェクト名",
    "Project lead": "Responsable del proyecto|Líder del proyecto|Projektleiter|"
                    "Responsable du projet|Chef de projet|Líder do projeto|"
                    "Responsável pelo projeto|Responsabile progetto|Projectleider|"
                    "プロジェクト リード",
    "Assignee": "Persona asignada|Responsable|Zugewiesene Person|Bearbeiter|Personne assignée|"
                "Attribution|Responsável|Assegnatario|Toegewezen aan|担当者",
    "Due date": "Fecha de vencimiento|Fälligkeitsdatum|Fällig|Date d'échéance|Échéance|"
                "Data limite|Data de vencimento|Data di scadenza|Vervaldatum|期日|期限",
    "Parent": "Principal|Padre|Übergeordnet|Übergeordneter Vorgang|Pai|Item pai|Padre ticket|"
              "Bovenliggend|親|親課題",
    "Resolved": "Resuelta|Resuelto|Erledigt|Résolue|Résolu|Resolvido|Resolvida|Risolto|"
                "Opgelost|解決日",
    "Resolution": "Resolución|Lösung|Résolution|Resolução|Risoluzione|Oplossing|解決状況",
    "Labels": "Etiquetas|Stichwörter|Étiquettes|Categorias|Etichette|ラベル",
    "Fix versions": "Versiones corregidas|Versiones de corrección|Lösungsversionen|"
                    "Lösungsversion|Versions corrigées|Versões corrigidas|Versioni corrette|"
                    "修正バージョン|Fix version/s|Fix Version",
}
_ENGLISH = {normalise_name(other): normalise_name(english)
            for english, others in _OTHERS.items() for other in others.split("|")}
_FIELD = tuple(f"{normalise_name(words)}_(" for words in (
    "Campo personalizado", "Benutzerdefinierte Felder", "Benutzerdefiniertes Feld",
    "Champ personnalisé", "Champs personnalisés", "Campo personalizzato", "Aangepast veld",
    "カスタムフィールド", "カスタム フィールド"))
_FIELDS = {  # what a company's own field is called
    **dict.fromkeys("produkt producto produit produto prodotto products".split(), "product"),
    **dict.fromkeys("equipo équipe equipe time squad".split(), "team"),
    "puntos_de_historia": "story_points"}


def english(name: str) -> str:
    """A header in English; both as `normalise_name` says."""
    if name in _ENGLISH:
        return _ENGLISH[name]
    for field in ("custom_field_(", *_FIELD):
        if name.startswith(field):
            own = name[len(field):].removesuffix(")")
            return f"custom_field_({_FIELDS.get(own, own)})"
    return name

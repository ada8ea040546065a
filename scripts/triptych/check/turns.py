"""The words of a language that turn a sentence round: negations, opposites, the passive, and what parts two clauses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Turns:
    """What turns a sentence round in one language."""

    clauses: re.Pattern[str]
    """What stands between two clauses."""
    negations: re.Pattern[str]
    """Each is one; two of them undo each other."""
    passive: re.Pattern[str]
    opposites: str
    """Groups `a,b/c,d`: each word of one side says the opposite of each of the other."""
    particles: re.Pattern[str] | None = None
    """Negations of which several are one, as in `no vio nada`."""
    neutral: re.Pattern[str] | None = None
    """Phrases that hold a negation or an opposite and are none, such as not only."""
    prefixes: tuple[str, ...] = ()
    """Negations within a word."""
    articles: frozenset[str] = frozenset()
    """Words before a noun. Empty where the order of unknown nouns is not compared by them."""
    weak: frozenset[str] = frozenset()
    """Opposites that stand in many sentences, such as before: two clauses must be more alike for these."""
    elided: bool = False
    """Whether little words lose their vowel and stand before the next word without a space."""
    free: bool = False
    """Whether another order of words says the same, if the articles stay with their nouns."""
    stop: frozenset[str] = frozenset()
    """Little words that the number rules do not know."""

    def negated(self, text: str) -> bool:
        """Whether a text has a negation that no other one undoes."""
        bare = self.bare(text)
        count = len(self.negations.findall(bare))
        if self.particles and self.particles.search(bare):
            count += 1
        return count % 2 == 1

    def is_negation(self, word: str) -> bool:
        """Whether a word alone is a negation."""
        return bool(self.negations.fullmatch(word) or (self.particles and self.particles.fullmatch(word)))

    def bare(self, text: str) -> str:
        """A text without its neutral phrases."""
        return self.neutral.sub(" ", text) if self.neutral else text


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ENDS = r"[.!?;:,·¦()\n]\s+|[.!?]$|\s[–—]\s|\s(?:%s)\s"

_ENGLISH = Turns(
    clauses=re.compile(_ENDS % "but|although|while|whereas"),
    negations=_compiled(
        r"\b(?:not|no|none|never|nobody|nothing|neither|nor|without|cannot|denie[sd]|deny|denying|refused?|failed|lacked)"
        r"\b|n[’']t\b"
    ),
    passive=re.compile(
        r"\b(?:was|were|been|be|being|is|are)\s+\w+(?:\s+\w+)?\s+by\b|\bby\b.*\b(?:was|were)\b",
    ),
    prefixes=("un", "in", "im", "dis", "non"),
    opposites="""
man/woman boy/girl mother/father son/daughter brother/sister husband/wife majority/minority buyer/seller
employer/employee tenant/landlord teacher/pupil adult/child north/south east/west northern/southern eastern/western
rose,risen,rise,grew,increased,increase,climbed,gained,up/fell,fallen,fall,shrank,decreased,decrease
rose,grew,increased,gained,up/declined,decline,dropped,lost,down opened,open,opening/closed,close,closing,shut
won,win/lost,lose more/fewer,less most/fewest,least highest,largest,biggest/lowest,smallest
higher,larger,bigger/lower,smaller before/after accepted,approved,backed,passed,upheld/rejected,refused,dismissed
approved,allowed,granted,upheld/overturned,banned,denied
supported,support,favoured,favour,for/opposed,oppose,against bought,buy/sold,sell
began,started,begin,start/ended,end,stopped arrived,arrive,joined,join,entered/left,leave,departed guilty/innocent
legal/illegal public/private hired/dismissed,fired,sacked lent,lend/borrowed,borrow early/late
all,every/most,some,several,few,many first/last above/below inside/outside indoor/outdoor widened/narrowed
safe/unsafe,dangerous permanent/temporary voluntary/compulsory added,add/removed,remove raised,raise/lowered,lower
""",
)

_GERMAN = Turns(
    clauses=re.compile(_ENDS % "aber|doch|obwohl|während|sondern|wohingegen"),
    negations=_compiled(
        r"\b(?:nicht|kein(?:e[mnrs]?)?|nie|niemals|niemand(?:em|en)?|nichts|ohne|weder|keinerlei|nirgends"
        r"|verweiger(?:te|ten|t)|verneint(?:e|en)?|bestritt(?:en)?|bestreitet|unterließ(?:en)?)\b"
    ),
    passive=re.compile(
        r"\b(?:wurden?|wird|werden|worden)\b.*\b(?:von|vom|durch)\b|\b(?:von|vom|durch)\b.*\b(?:wurden?|wird|werden|worden)\b"
    ),
    neutral=_compiled(r"\bnicht\s+(?:nur|zuletzt|mehr\s+als|weniger\s+als)\b|\bmehr\s+oder\s+weniger\b"),
    prefixes=("un", "in", "miss", "nicht"),
    opposites="""
mann,männer,männern/frau,frauen junge,jungen/mädchen mutter,mütter/vater,väter sohn,söhne/tochter,töchter
bruder,brüder/schwester,schwestern mehrheit/minderheit käufer/verkäufer mieter/vermieter arbeitgeber/arbeitnehmer
lehrer,lehrerin/schüler,schülerin erwachsene,erwachsenen/kinder,kindern norden/süden osten/westen nördlich/südlich
östlich/westlich mehr/weniger meisten/wenigsten
stieg,stiegen,gestiegen,wuchs,wuchsen,gewachsen,zunahm,zugenommen/sank,sanken,gesunken,fiel,fielen,gefallen,abnahm
geöffnet,öffnete,öffneten,eröffnet,eröffnete/geschlossen,schloss,schlossen gewann,gewannen,gewonnen/verlor,verloren
größte,größten,höchste,höchsten/kleinste,kleinsten,niedrigste,niedrigsten größer,höher/kleiner,niedriger vor/nach
lehnte,lehnten,abgelehnt,ablehnte,verwarf/nahm,nahmen,angenommen,annahm,billigte,genehmigte,genehmigt,zugestimmt
erlaubt,erlaubte,erlaubten/verboten,verbot für/gegen unterstützte,unterstützten/bekämpfte,bekämpften
kaufte,kauften,gekauft/verkaufte,verkauften,verkauft begann,begannen,begonnen/endete,endeten,geendet
schuldig/unschuldig legal/illegal öffentlich,öffentliche,öffentlichen/privat,private,privaten eingestellt/entlassen
erste,ersten,erster/letzte,letzten,letzter über/unter innen/außen sicher/unsicher,gefährlich
freiwillig/verpflichtend alle,sämtliche/einige,wenige,manche früher/später belastete,belastet/entlastete,entlastet
""",
    articles=frozenset(["der", "die", "das", "den", "dem", "ein", "eine", "einen", "einem", "einer", "als"]),
    weak=frozenset(["vor", "nach", "für", "gegen", "über", "unter"]),
    free=True,
    stop=frozenset(["hat", "haben", "wegen", "dort"]),
)

_FRENCH = Turns(
    clauses=re.compile(_ENDS % "mais|bien qu|alors qu|tandis qu|bien que|alors que|tandis que"),
    negations=_compiled(r"\b(?:sans|refus(?:é|ée|és|a|ent|e)|nié|nie|nia|niée|nient|démenti|dément|peu)\b"),
    particles=_compiled(
        r"\b(?:ne\b|n[’']|n\b)[^.;]{1,60}?\b(?:pas|jamais|rien|personne|aucune?s?|plus|ni|guère|point|nulle?)\b"
        r"|\b(?:aucune?|nulle?|personne|rien|jamais|ni)\b[^.;]{1,60}?\b(?:ne\b|n[’'])|\bpas\b"
    ),
    passive=re.compile(
        r"\b(?:été|est|sont|était|étaient|fut|furent|sera|seront)\s+\w+(?:\s+\w+)?\s+par\b"
        r"|\bpar\b.*\b(?:été|est|sont|était|étaient|fut|furent)\b"
    ),
    neutral=_compiled(
        r"\bun\s+peu\b|\bnon\s+seulement\b|\bpas\s+seulement\b|\b(?:au|du|pour le)\s+moins\b"
        r"|\b(?:au|de)\s+plus(?:\s+en\s+plus)?\b|\bplus\s+ou\s+moins\b|\bpas\s+(?:plus|moins)\s+d\w*\b|\bde\s+moins\s+en\s+moins\b|\bnon\s+plus\b"
    ),
    prefixes=("in", "im", "ir", "il", "dé", "non", "mal"),
    opposites="""
homme,hommes/femme,femmes garçon,garçons/fille,filles mère,mères/père,pères fils/fille,filles
frère,frères/sœur,sœurs mari,maris/épouse,épouses majorité/minorité acheteur,acheteurs/vendeur,vendeurs
locataire,locataires/propriétaire employeur,employeurs/employé,employés professeur,professeurs/élève,élèves
adulte,adultes/enfant,enfants nord/sud est/ouest plus/moins
augmenté,augmente,augmentait,monté,progressé,grimpé/diminué,diminue,baissé,baisse,reculé,chuté
ouvert,ouverte,ouverts,ouvre/fermé,fermée,fermés,ferme gagné,gagne/perdu,perd avant/après
accepté,acceptée,approuvé,approuvée,soutenu,validé/rejeté,rejetée,refusé,refusée
autorisé,autorisée,permis/interdit,interdite pour/contre acheté,achetée,achète/vendu,vendue,vend
commencé,commence,débuté/fini,finit,terminé,cessé arrivé,arrivés,rejoint,entré/parti,partis,quitté
coupable,coupables/innocent,innocents,innocente légal,légale/illégal,illégale
public,publique,publics/privé,privée,privés embauché,embauchés/licencié,licenciés premier,première/dernier,dernière
dessus/dessous dedans/dehors sûr,sûre/dangereux,dangereuse permanent,permanente/temporaire,provisoire
volontaire/obligatoire ajouté,ajoutée/retiré,retirée,supprimé tous,toutes/quelques,plusieurs,certains,certaines
""",
    articles=frozenset(["le", "la", "les", "l", "un", "une", "des", "du", "au", "aux", "de", "d", "à"]),
    weak=frozenset(["avant", "après", "pour", "contre", "dessus", "dessous", "est"]),
    elided=True,
    stop=frozenset(["qu", "j", "m", "t", "ne", "n"]),
)

_SPANISH = Turns(
    clauses=re.compile(_ENDS % "pero|aunque|mientras|sino"),
    negations=_compiled(r"\b(?:sin|negó|negaron|niega|niegan|negado|rehusó|rehusaron)\b"),
    particles=_compiled(
        r"\b(?:no|nunca|jamás|nadie|nada|ning[úu]n(?:[oa]s?)?|tampoco|ni)\b",
    ),
    passive=re.compile(
        r"\b(?:fue|fueron|es|son|era|eran|sido|será|serán)\s+\w+(?:\s+\w+)?\s+por\b"
        r"|\bpor\b.*\b(?:fue|fueron|era|eran|sido)\b"
    ),
    neutral=_compiled(
        r"\bno\s+s[oó]lo\b|\bno\s+solamente\b|\b(?:al|por lo|a lo)\s+menos\b|\bmás\s+o\s+menos\b"
        r"|\bno\s+(?:más|menos)\s+de\b|\bal?\s+(?:lo\s+)?más\b"
    ),
    prefixes=("in", "im", "ir", "i", "des"),
    opposites="""
hombre,hombres/mujer,mujeres niño,niños/niña,niñas madre,madres/padre,padres hijo,hijos/hija,hijas
hermano,hermanos/hermana,hermanas marido/esposa mayoría/minoría comprador,compradores/vendedor,vendedores
inquilino,inquilinos/propietario,propietarios empleador/empleado,empleados profesor,profesores/alumno,alumnos
adulto,adultos/niño,niños norte/sur este/oeste más/menos
subió,subieron,subido,aumentó,aumentaron,creció,crecieron/bajó,bajaron
aumentó,creció,subió/disminuyó,cayó,cayeron,descendió abrió,abrieron,abierto,abierta/cerró,cerraron,cerrado,cerrada
ganó,ganaron/perdió,perdieron antes/después aceptó,aceptaron,aprobó,aprobaron,aprobado/rechazó,rechazaron,rechazado
permitió,permitido,autorizó/prohibió,prohibido favor/contra apoyó,apoyaron/rechazó,combatió
compró,compraron,comprado/vendió,vendieron,vendido empezó,empezaron,comenzó,comenzaron/terminó,terminaron,acabó
llegó,llegaron,entró/salió,salieron,dejó culpable,culpables/inocente,inocentes legal/ilegal
público,pública/privado,privada contrató,contratados/despidió,despedidos primero,primera,primer/último,última
dentro/fuera seguro,segura/inseguro,peligroso permanente/temporal voluntario,voluntaria/obligatorio,obligatoria
todos,todas/algunos,algunas,pocos,pocas añadió,añadido/quitó,quitado
""",
    weak=frozenset(["antes", "después", "contra", "favor", "dentro", "fuera", "este"]),
    articles=frozenset(["el", "la", "los", "las", "un", "una", "al", "del", "a", "de"]),
)

_TURNS: Mapping[str, Turns] = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}


def of(language: str) -> Turns | None:
    """The turns of a language; None for one in which nobody has measured them."""
    return _TURNS.get(language.split("-")[0])


Groups = tuple[tuple[frozenset[str], frozenset[str]], ...]
"""Pairs of sets of words: each of one says the opposite of each of the other."""


@cache
def groups(language: str) -> Groups:
    """The opposites of a language that has turns."""
    known = of(language)
    sides = (group.split("/") for group in (known.opposites if known else "").split())
    return tuple((frozenset(one.split(",")), frozenset(two.split(","))) for one, two in sides)


@cache
def places(language: str) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """The groups and sides in which each word of the opposites stands."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, sides in enumerate(groups(language)):
        for side, words in enumerate(sides):
            for word in words:
                found[word] = (*found.get(word, ()), (number, side))
    return found

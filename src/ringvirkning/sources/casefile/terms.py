"""The nouns of the case file: every closed list a case can choose from.

Codes are English and stable: they stand in files that travel between installations.
The words a reader sees for them live in the faces (``web/words.py``).
"""

from enum import StrEnum

FORMAT = "ringvirkning-case"
VERSION = 1
SCHEMA_PATH = f"/schema/case-file/{VERSION}.json"


class Language(StrEnum):
    """Languages a text in a case file can be written in (ISO 639-1)."""

    NB = "nb"
    NN = "nn"
    EN = "en"
    SE = "se"


class Phase(StrEnum):
    """The one vocabulary of phases, from idea to spreading, in order."""

    IDEA = "idea"
    ANCHORING = "anchoring"
    NEED = "need"
    REUSE_CHECK = "reuse_check"
    MARKET_DIALOGUE = "market_dialogue"
    STRATEGY = "strategy"
    COMPETITION = "competition"
    DEVELOPMENT = "development"
    IMPLEMENTATION = "implementation"
    BENEFITS = "benefits"
    SPREADING = "spreading"


class Status(StrEnum):
    """How far the procurement had come when somebody last looked."""

    PREPARING = "preparing"
    MARKET_DIALOGUE = "market_dialogue"
    COMPETITION = "competition"
    DEVELOPING = "developing"
    PILOTING = "piloting"
    COMPLETED = "completed"
    IN_USE = "in_use"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What came of it. Absent when nobody has said."""

    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly_adopted"
    NOT_ADOPTED = "not_adopted"
    CANCELLED = "cancelled"


class PartyRole(StrEnum):
    """What an organisation was in the procurement."""

    LEAD = "lead"
    CO_BUYER = "co_buyer"
    OPTION_HOLDER = "option_holder"
    PILOT_ARENA = "pilot_arena"
    FOLLOWER = "follower"
    SUPPORTER = "supporter"


# Those who buy, alone or together.
BUYERS = (PartyRole.LEAD, PartyRole.CO_BUYER)


class SupplierRole(StrEnum):
    """What a supplier was: chosen, working for the chosen one, or taking part on the way."""

    MAIN = "main"
    SUBCONTRACTOR = "subcontractor"
    PARTICIPANT = "participant"


class Procedure(StrEnum):
    """How the contract was, or is to be, made."""

    TENDER = "tender"
    NEGOTIATED = "negotiated"
    COMPETITIVE_DIALOGUE = "competitive_dialogue"
    INNOVATION_PARTNERSHIP = "innovation_partnership"
    PRE_COMMERCIAL = "pre_commercial"
    DESIGN_CONTEST = "design_contest"
    DEVELOPMENT_CONTRACT = "development_contract"
    STARTOFF = "startoff"
    PARALLEL_COMMISSIONS = "parallel_commissions"
    PILOT_AGREEMENT = "pilot_agreement"
    DIRECT_PURCHASE = "direct_purchase"
    CONTRACT_CLAUSE = "contract_clause"
    OTHER = "other"


class ProcurementKind(StrEnum):
    """DFØ's three ways to buy innovatively."""

    INNOVATION = "innovation_procurement"
    INNOVATION_FRIENDLY = "innovation_friendly"
    INNOVATIVE_SOLUTION = "innovative_solution"


class Breadth(StrEnum):
    """Menon's pair: innovation in procurement (IIA) or procurement of innovation (AAI)."""

    IIA = "iia"
    AAI = "aai"


class ContractForm(StrEnum):
    """Contract traits that shape how an innovation is developed or shared."""

    FRAMEWORK = "framework"
    JOINT = "joint"
    COLLABORATIVE = "collaborative"


class DialogueKind(StrEnum):
    """Ways of talking with the market before the competition."""

    CONFERENCE = "dialogue_conference"
    ONE_TO_ONE = "one_to_one"
    WRITTEN = "written_input"
    WORKSHOP = "workshop"
    OTHER = "other"


class SpecificationKind(StrEnum):
    """How the need was put to the market."""

    FUNCTIONAL = "functional"
    USER_STORIES = "user_stories"
    PERFORMANCE = "performance"
    DETAILED = "detailed"


class Availability(StrEnum):
    """Whether others can buy the solution."""

    AVAILABLE = "available"
    IN_DEVELOPMENT = "in_development"
    PROTOTYPE = "prototype"
    NOT_AVAILABLE = "not_available"


class DocumentKind(StrEnum):
    """What a document is for."""

    NEEDS_SPECIFICATION = "needs_specification"
    DIALOGUE_INVITATION = "dialogue_invitation"
    TENDER_DOCUMENTS = "tender_documents"
    CONTRACT = "contract"
    BENEFIT_ANALYSIS = "benefit_analysis"
    REPORT = "report"
    FILM = "film"
    PICTURE = "picture"
    OTHER = "other"


class FigureKind(StrEnum):
    """Potential (if everyone adopted), expected (before) or realised (measured after)."""

    POTENTIAL = "potential"
    EXPECTED = "expected"
    REALISED = "realised"


class Effect(StrEnum):
    """What a figure is about."""

    COST_SAVED = "cost_saved"
    COST = "cost"
    TIME_SAVED = "time_saved"
    EMISSIONS = "emissions"
    QUALITY = "quality"
    REACH = "reach"
    BUSINESS = "business"


class Unit(StrEnum):
    """Units a figure can be given in. Money is whole kroner, never millions."""

    NOK = "NOK"
    PERCENT = "percent"
    PERSON_YEARS = "person_years"
    HOURS = "hours"
    TONNES_CO2E = "tonnes_co2e"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    UNITS = "units"
    SHIPS = "ships"
    DAYS = "days"


class Per(StrEnum):
    """The span a figure covers."""

    ONCE = "once"
    YEAR = "year"
    FOUR_YEARS = "four_years"
    TEN_YEARS = "ten_years"
    SITE = "site"


class LessonKind(StrEnum):
    """What kind of learning this is."""

    WORKED = "worked"
    DID_NOT_WORK = "did_not_work"
    ADVICE = "advice"


class ReuseKind(StrEnum):
    """How others took the case further."""

    BOUGHT = "bought"
    PILOTED = "piloted"
    CONTINUED = "continued"
    METHOD = "method"
    OPTION = "option"
    LEARNED = "learned"


class SourceKind(StrEnum):
    """Who speaks in a source."""

    BUYER = "buyer"
    PROGRAMME = "programme"
    SUPPLIER = "supplier"
    PRESS = "press"
    REPORT = "report"
    REGISTER = "register"
    STATED = "stated"
    EDITOR = "editor"


# Sources that are somebody's own word, given to the library itself: they have no address elsewhere.
OWN_WORD = (SourceKind.STATED, SourceKind.EDITOR)

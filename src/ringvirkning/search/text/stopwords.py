"""Words that carry no need: small words in bokmål, nynorsk and English, and the padding people put around a need."""

SMALL = frozenset(
    """
    alle alt altså an and andre any are as at av bare be ble blei blir bli blitt både da de deg dei deira deires dem den
    denne der dere deres det dette di din dine disse ditt do dokker du då eg ei ein eit eitt eller en enn er ett etter
    for fordi fra før få får gjennom gjør gjer går ha had hadde han has have hans har hele her hos how hva hvem hver
    hvilke hvilken hvis hvor hvordan hvorfor i if ikke ikkje in ingen inn into is it its ja jeg kan kor korleis korfor
    kunne kva kven kvar kvarandre kvifor la litt man mange me med meg mellom men mens mer meir mest mi min mine mitt
    mot mye mykje må måtte need needs nei no noe noen noko nokon nokre nå når når og også of om on opp or oss our over
    på so som sin sine sitt seg selv sjølv ser si skal skulle slik som så than that the their them then there these
    they this to til time under upp ut uten utan us used using var ved veldig vel verd vere vert vi vil ville vår vårt
    våre være vært was we what when where which who why will with without would you your å åt eigen eget egen egne eigne
    måte måtar gang ganger gonger dag dager dagar hverandre annen annet anna slike sånn blant under siden sidan
    """.split()
)
# Padding: said around almost every need, and in almost every case. They still count a little as words.
PADDING = frozenset(
    """
    anskaffelse anskaffelser innkjøp behov behovet behøver bruke bruk brukt bør dagens enklere finne finnes flere finst
    funnet få gi gjøre gjort gjere god godt gode bedre beste betre hjelp hjelpe innovativ innovativt innovasjon innbyggere
    kjøpe klare kommune kommunen kommuner kommunane kommunar løsning løsninger løysing løysingar løse løyse mulig
    mogleg noen ny nye nytt problem prosjekt sette system systemer ta tenke tenker tenkjer tilbud treng trenger
    trengs tjeneste tjenester teneste tenester tiltak utfordring utfordringer vite ønsker ønskjer ønske
    buy better find help improve looking municipality new project purchase service services solution solutions
    systems want wants way ways municipal
    """.split()
)

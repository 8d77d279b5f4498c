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
    funnet gi gjøre gjort gjere god godt gode
    bedre beste betre hjelp hjelpe innovativ innovativt innovasjon innbyggere
    kjøpe klare kommune kommunen kommuner kommunane kommunar løsning løsninger løysing løysingar løse løyse mulig
    mogleg ny nye nytt problem prosjekt sette system systemer ta tenke tenker tenkjer tilbud treng trenger
    trengs tjeneste tjenester teneste tenester tiltak utfordring utfordringer vite ønsker ønskjer ønske
    buy better find help improve looking municipality new project purchase service services solution solutions
    systems want wants way ways municipal
    """.split()
)
# Everyday words that turn up in any story. On their own they say little about what is needed.
EVERYDAY = frozenset(
    """
    across actually ad aldri allerede alltid also altfor always andel antall april arbeid arbeide arbeidet
    around august avstand away back bak bakke because become been begge begynne begynner being best
    bestemme bestemt betale betaler bit borte bra bring bruker brukere bryter burde by byen bygd
    bygda called can come coming could dagen dagene day days del deler dels desember desse
    dessuten did different does doing done down dra drar dreier drive driver dyr dyrt dårleg dårlig each easy
    egentlig ekstra ellers elles end enda ende endelig ene eneste enkel enkelt enkle enough etterhvert
    etterpå even ever every everything far fast faste februar feil ferdig few fire first five fleire folk
    folket forskjell forskjellig forskjellige fort fortelle fortsatt fortsette found four fram framover frem
    fremdeles full fullt fungere fungerer fyrste fåtall færre følge følger første gamle gammel
    general get getting gikk gitt give gjelde gjelder gjerne gjøres glemme glemmer go goes going good got great
    greie greit grunn gå gått half halv halve halvparten handle handler hard he hel heller helst
    helt hend hende hente henter here high him his hjå holde holder hour hours hovedsak hverdag hvert høg
    høgt høre hører høy høyt iblant igjen imellom inne innen innenfor inni inntil især januar jobb jobbe
    jobber juli juni kalle kaller kanskje keep kjem kjenne kjenner kjøre kjører klarer know kom komme kommer
    kort korte koster kreve krevende krever kvart kveld kvelden laget lang lange langs langt last late
    later lav lave ledig legge legger lenge lengre less let lett lettere ligge ligger lik like lite liten
    little long look lot low lykkes låg lærte løpet made mai make makes making manglar mangle mangler
    many mars may means melde mellomrom merke merker midt might mindre minst minutes minutt minutter
    miste mister month mor more morgen most much must måned måneder navn near ned nede neste
    nesten nett nettopp never next night nok november now nyttig nær nærmere nødt nøye off ofte often
    oktober old omkring område områder omtrent once one only open oppe oppi oppleve opplever ordentlig
    other others ours out overalt own par part peke peker penger people place plass plasser prøve prøver put
    quickly raskere raskt rett right riktig run rundt running sak saken saker same samme sammen samtidig say se
    see seie seier senere sent september sett setter she should side sider sier since sist siste
    sitte sitter sjelden skille skje skjer skrive skriver slippe slipper slutt small små snakke
    snakker snart some something soon spesielt spør spørre start starte sted steder still stille stiller stor
    store stort stund stå står such svar svare svært søke take takes tar tatt tell ten thing
    things three through tid tida tiden tidlig tidligere timer ting today together tom too took towards
    tror try tung tungt two tynt tå uka uke uken uker until usually ute utenfor utenom utover
    vanlig vanlige vansk vanskelig vant veit velge velger venstre verdt very vet via viktig virke
    virker vise viser visst vist week weeks well were while whole within work working
    world year years yet åpen åpent åpne år åra åre året årlig åtte
    """.split()
)

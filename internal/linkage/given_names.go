package linkage

// commonNames are full given names whose short forms text.ShortForms is asked for,
// so that Latin spellings of the short forms (Sasha, Dima) are known too.
const commonNames = `
александр александра алексей алена алина алла анастасия анатолий ангелина андрей анна антон антонина аркадий арсений артем
артур богдан борис вадим валентин валентина валерий валерия варвара василий василиса вера вероника виктор виктория виталий
владимир владислав владислава всеволод вячеслав галина геннадий георгий герман глеб григорий давид даниил данила дарья денис диана
дмитрий евгений евгения егор екатерина елена елизавета ефим жанна захар зинаида зоя иван игорь илья инна иннокентий иосиф ирина
карина кирилл клавдия клара константин кристина ксения лариса лев леонид лидия лилия любовь людмила майя макар максим маргарита
марина мария марк марта марфа матвей михаил надежда назар наталья наталия никита николай нина оксана олег олеся ольга павел
пелагея петр платон полина прасковья прохор раиса родион роман ростислав руслан савелий светлана святослав семен серафима сергей
софия софья станислав степан таисия тамара тарас татьяна тимофей тимур трофим ульяна федор филипп эдуард эльвира эмма юлия юрий
яков яна ярослав ярослава олександр олексій дмитро михайло микола петро павло василь іван сергій андрій юрій олена наталія оксана
тетяна катерина марія анастасія володимир євген григорій`

// fatherNames are further given names of which patronymics are made.
const fatherNames = `
 авдей аким архип ахмед вениамин виссарион гавриил гордей демьян емельян еремей ермолай ибрагим игнат игнатий измаил исмаил казимир
карл карп касьян клим климент корней кузьма лаврентий лазарь лука лукьян магомед марат мирон митрофан моисей мурат мурад наум нестор
никанор никифор никодим никон осип остап панкрат парфен пахом потап рамиль рашид ренат ринат роберт рустам сидор спиридон тарас
тихон умар усман устин фаддей филат фома фрол харитон хасан хусейн шамиль эрнест юлиан яков`

// englishShort lists full names and the short forms in use in English records.
const englishShort = `alexander alex sandy
alexandra alex sandra
andrew andy drew
anthony tony
barack barry
benjamin ben bibi benny
catherine cathy kate katie
charles charlie chuck
christopher chris
daniel dan danny
david dave
deborah debbie
edward ed eddie ted
elizabeth liz beth betty lizzie
frederick fred freddie
gregory greg
james jim jimmy jamie
jennifer jen jenny
jessica jess jessie
john jack johnny
joseph joe joey
joshua josh
katherine kate kathy katie
kenneth ken kenny
lawrence larry
margaret maggie peggy meg
matthew matt
michael mike mick
nicholas nick
patricia pat patty
patrick pat paddy
peter pete
rebecca becky
richard dick rick rich
robert bob rob bobby robbie
ronald ron
samuel sam sammy
samantha sam
stephen steve
susan sue susie
theodore ted teddy
thomas tom tommy
timothy tim
victoria vicky
william bill will billy
zachary zac zach`

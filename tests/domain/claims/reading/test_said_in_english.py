"""What is said of the numbers of English sentences: invented ones, as journalists write them."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.claims.reading import read

DAY = date(2026, 2, 12)

SENTENCES = [
    ("Police arrested more than 40 demonstrators outside the courthouse on Sunday.", "40 detained"),
    (
        "At least 112 opposition supporters have been detained since the vote, the group said.",
        "112 detained",
    ),
    ("The group says 73 of its members remain behind bars.", "73 held"),
    ("A judge freed 15 students on bail and ordered 4 others to stay in custody.", "15 released, 4 held"),
    (
        "The president signed a decree pardoning 240 inmates, among them 12 women and two minors.",
        "240 pardoned, 12 pardoned, 2 pardoned",
    ),
    ("Nineteen women and three teenagers were freed overnight.", "19 released, 3 released"),
    (
        "Six Lithuanians, two Latvians and a Pole were released, the embassy said.",
        "6 released, 2 released, 1 released",
    ),
    (
        "The organisation confirmed 26 new releases, bringing the total to 431.",
        "26 released, 431 released",
    ),
    ("Activists are demanding the release of all 1,300 political prisoners.", "1300 held"),
    ("There are now 908 political prisoners, down from 1,197 a year ago.", "908 held, 1197 held"),
    (
        "The number of political prisoners rose to 760, 18 more than the previous month.",
        "760 held, 18 net_change",
    ),
    ("A court sentenced seven protesters to terms of four to nine years.", "7 sentenced"),
    ("Twelve activists were handed prison sentences of up to ten years on Friday.", "12 sentenced"),
    ("Of the 200 protesters arrested in March, all but nine have been released.", "200 detained, 9 held"),
    (
        "As of Monday, 6,590 people had been killed and 28,923 arrested since the coup.",
        "6590 killed, 28923 detained",
    ),
    ("Some 900 people jailed for political reasons remain in the country's prisons.", "900 held"),
    ("Fifty-two people have been detained since 2020 and 31 remain detained.", "52 detained, 31 held"),
    ("The ministry said 116 inmates would be released in the coming days.", "116 announced_release"),
    ("Thirteen foreigners will be deported, state television reported.", "13 announced_release"),
    (
        "The government promised to free 553 prisoners, but only 127 have walked out of jail.",
        "553 announced_release, 127 released",
    ),
    ("Police summoned 14 relatives of the detainees for questioning.", "14 summoned"),
    ("Four detainees died in custody last year, bringing the death toll to 27.", "4 killed, 27 killed"),
    ("Nearly 60 of those held are dual nationals.", "60 held"),
    (
        "The list includes 644 people, of whom 64 are women and 182 belong to the military.",
        "644 held, 64 held, 182 held",
    ),
    ("Only 33 of the 87 releases announced have been verified.", "33 released, 87 announced_release"),
    ("The court rejected 177 amnesty applications on Friday.", "177 excluded"),
    ("More than 11,000 people remain subject to restrictive measures.", "11000 restricted"),
    ("Eight were under 30, and 40% of the prisoners have served half of a 12-year sentence.", ""),
    ("Some 300 lawyers signed a letter and 2,000 people marched to the prison.", ""),
    ("The prison, built for 750 men, was visited by 12 families on 3 occasions.", ""),
    ("Released: 151\nDetained this week: 4", "151 released, 4 detained"),
    ("Police released three journalists but kept two in custody.", "3 released, 2 held"),
    (
        "Security forces rounded up 35 villagers, 20 of whom were later let go.",
        "35 detained, 20 released",
    ),
    ("The authorities are holding 87 foreigners, including five Americans.", "87 held, 5 held"),
    ("In all, 1,557 people have applied for amnesty.", "1557 amnesty_requests"),
    ("With this group, 187 prisoners have left jail since Christmas.", "187 released"),
    (
        "Forty-two people were picked up in raids on Tuesday and a further 17 on Wednesday.",
        "42 detained, 17 detained",
    ),
    ("The tally of arrests stands at 2,400, according to the committee.", "2400 detained"),
    ("Prosecutors charged 31 people with terrorism.", "31 detained"),
    ("Two dozen inmates began a hunger strike.", "24 held"),
    (
        "The group has documented 1,400 arrests since the protests began, 300 of them of minors.",
        "1400 detained, 300 detained",
    ),
    ("Viasna counts 1,110 political prisoners, 168 of them women.", "1110 held, 168 held"),
    (
        "Relatives said nine men had been let go, while 20 others were still being questioned.",
        "9 released, 20 summoned",
    ),
    (
        "More than 250 dissidents were stripped of their citizenship, and 222 were put on a plane to "
        "Washington.",
        "",
    ),
    ("He said 12 of the 30 detained journalists had been released on bail.", "12 released, 30 held"),
    (
        "Rights groups estimate that between 20,000 and 30,000 people are being held in the camps.",
        "20000 held",
    ),
    (
        "Three more prisoners died in January, the association said, taking the total since the coup "
        "to 1,800.",
        "3 killed, 1800 killed",
    ),
    ("The country has 1,016 prisoners of conscience, the highest number in a decade.", "1016 held"),
    (
        "A total of 33 people have been freed so far, including 7 teenagers, according to the lawyer.",
        "33 released, 7 released",
    ),
    ("Foro Penal has certified 97 releases. The official figure is 626.", "97 released, 626 released"),
    (
        "Authorities said 4,151 people had benefited from the amnesty law, 3,934 of whom were already "
        "out of prison.",
        "4151 amnesty_granted, 3934 amnesty_granted",
    ),
    ("Courts have convicted 67 of the accused; 12 await trial.", "67 sentenced, 12 held"),
    ("At least 15 detainees are seriously ill and six are over 70.", "15 held, 6 held"),
    ("In Yare, 34; in Tocoron, 21.", ""),
    (
        "Seventeen people walked out of the prison on Saturday and five more on Sunday.",
        "17 released, 5 released",
    ),
    ("The opposition puts the figure at 84.", ""),
    ("Police in riot gear detained dozens, and OVD-Info listed 118 names by midnight.", "118 detained"),
    (
        "The 19 prisoners freed on Thursday included two journalists and one trade unionist.",
        "19 released, 2 released, 1 released",
    ),
    ("Venezuela will release 71 detainees, its interior minister said.", "71 announced_release"),
    (
        "The government says it has released 808 prisoners; rights groups have confirmed fewer than "
        "half, 383.",
        "808 released, 383 released",
    ),
    ("Among the dead were three detainees.", "3 killed"),
    (
        "Some 2,400 people were arrested after the election, and about 150 of them were children.",
        "2400 detained, 150 detained",
    ),
    ("Civilians: 505\nMilitary: 182", ""),
    ("Ten lawyers were among those detained.", "10 detained"),
    ("Another 545 are still waiting for their release orders to be carried out.", "545 held"),
    ("Detention of 17 activists sparked protests.", "17 detained"),
    ("The UN called for the immediate release of the 59 staff members held by the rebels.", "59 held"),
    (
        "The committee has verified 61 of the 99 releases announced by the government on Christmas Day.",
        "61 released, 99 announced_release",
    ),
    (
        "The release of 56 detainees was announced on Friday. So far 22 have walked free, relatives "
        "said; the remaining 34 are still inside.",
        "56 announced_release, 22 released, 34 held",
    ),
    (
        "Since January 8, the government has freed 104 people, the committee said, 24 of whom left "
        "Rodeo I on Monday.",
        "104 released, 24 released",
    ),
    (
        "Human rights groups say 187 people were killed in the crackdown, 22 of them minors, and over "
        "2,000 were jailed.",
        "187 killed, 22 killed, 2000 detained",
    ),
    (
        "The organisation documented 2,062 detentions in the first month after the election. By "
        "December, 1,369 detainees had been let go.",
        "2062 detained, 1369 released",
    ),
    (
        "He puts the number of prisoners at 1,163, an increase of 14 on the month.",
        "1163 held, 14 net_change",
    ),
    ("In July, 17 new prisoners were added to the list and 9 were removed.", "17 added, 9 removed"),
    (
        "The amnesty covers 8,110 people, the prosecutor said, and 1,180 requests were turned down.",
        "8110 amnesty_granted, 1180 excluded",
    ),
    (
        "More than 28,000 people have been arrested since the takeover and nearly 21,000 are still "
        "detained, the group says. At least 1,900 of the detainees have died.",
        "28000 detained, 21000 held, 1900 killed",
    ),
    (
        "The Interior Ministry said police had detained 3 suspects. Courts have jailed 14 journalists "
        "this year, up from nine in 2024.",
        "3 detained, 14 detained, 9 detained",
    ),
    (
        "A decree released 31 people convicted of extremism; 8 are women and one has cancer.",
        "31 released, 8 released",
    ),
    (
        "Nicaragua has expelled 135 prisoners to Guatemala and 222 to the United States.",
        "135 released, 222 released",
    ),
    (
        "Forty inmates received conditional release and 12 were placed under house arrest.",
        "40 released, 12 restricted",
    ),
    (
        "The junta said 6,134 prisoners, including 52 foreigners, were being released under the amnesty.",
        "6134 released, 52 released",
    ),
    (
        "The group could verify only 18 of the 120 releases claimed by officials.",
        "18 released, 120 released",
    ),
    ("Prosecutors want 15 years for the two activists. The trial of 47 democrats began.", ""),
    (
        "A regional rights group said Friday it had documented 1,287 arbitrary arrests this year, "
        "including 412 in the capital, 96 in the north and 44 abroad.",
        "1287 detained, 412 detained, 96 detained, 44 detained",
    ),
    (
        "Tens of thousands attended. Officers detained 4,312 people in 112 cities, according to the "
        "monitor, and 61 were charged with assault.",
        "4312 detained, 61 detained",
    ),
    ("The 15 who remain in custody face up to 10 years in prison.", "15 held"),
    (
        "Seven defendants got suspended sentences, three were acquitted and the other 22 were jailed "
        "for between two and nine years.",
        "7 sentenced, 22 sentenced",
    ),
    (
        "Since 2014 the organisation has registered 18,459 political arrests and helped free more than "
        "14,000 people.",
        "18459 detained, 14000 released",
    ),
    (
        "About 2,500 inmates of all kinds would be eligible for the pardon, the justice minister said.",
        "2500 announced_release",
    ),
    (
        "His release brings to 41 the number of journalists freed this month; 13 are still in jail.",
        "41 released, 13 held",
    ),
    (
        "There were 33 releases on Monday, 18 on Tuesday and none on Wednesday.",
        "33 released, 18 released",
    ),
    ("She is one of at least 120 women held as political prisoners.", "120 held"),
    ("Ten people convicted in the case had their sentences reduced.", "10 pardoned"),
    (
        "The regime holds 1,100 political prisoners, among them 25 journalists, 9 priests and a Nobel "
        "laureate.",
        "1100 held, 25 held, 9 held",
    ),
    (
        "Authorities detained another 8 activists on Tuesday, raising the number of arrests this month "
        "to 96.",
        "8 detained, 96 detained",
    ),
    (
        "More than half of the 860 detainees have not been tried; 310 have been convicted.",
        "860 held, 310 held",
    ),
    ("The bishops' conference asked for clemency for 84 prisoners.", "84 held"),
    (
        "Twenty-six people, including four minors, were abducted by armed men in March.",
        "26 detained, 4 detained",
    ),
    ("According to the ministry, 64 of those freed were foreigners.", "64 released"),
    (
        "The foreign ministry confirmed that five of its citizens had been freed; three are still "
        "being held.",
        "5 released, 3 held",
    ),
    ("At least 100 people have been forcibly disappeared, the commission reported.", "100 detained"),
    ("The tribunal issued 46 release orders.", "46 announced_release"),
    ("A 54-year-old woman with 3 children has spent 14 months in a 2-metre cell.", ""),
    ("The statement was signed by 25 organisations, 12 former presidents and 300 academics.", ""),
    (
        "MINSK, Jan 30 — Forty-two inmates, most of them convicted over protests, have been let out of "
        "penal colonies, a rights monitor reported.",
        "42 released",
    ),
    (
        "Turkey: prosecutors ordered the detention of 88 people; 61 were caught in dawn raids in 14 "
        "provinces.",
        "88 detained, 61 detained",
    ),
    ("The law would free as many as 6,000 inmates, the speaker estimated.", "6000 announced_release"),
    ("Some 70 families are still looking for relatives who vanished after arrest.", ""),
    ("Iran executed at least 834 people last year, including 22 women.", "834 killed, 22 killed"),
    ("In Evin alone there are 40 women jailed on political charges.", "40 held"),
    (
        "The number of journalists behind bars worldwide reached 361, with China holding 50, Israel 43 "
        "and Myanmar 35.",
        "361 held, 50 held, 43 held, 35 held",
    ),
    ("All 24 opposition councillors detained last month were freed without charge.", "24 released"),
    ("None of the 5 men named in the list has been seen since.", ""),
    ("As many as 1,500 people may have been detained, a source said.", "1500 detained"),
    (
        "Egypt's pardon committee secured the release of 30 pretrial detainees on Monday, for a total "
        "of 1,151 since April 2022.",
        "30 released, 1151 released",
    ),
    (
        "The number of people freed now stands at 1,151, but more than 3,600 others were arrested over "
        "the same period.",
        "1151 released, 3600 detained",
    ),
    (
        "He was among 14 people abducted from a bus. Nine have since returned home.",
        "14 detained, 9 released",
    ),
    ("They include 18 minors, 5 of them under 14.", ""),
    ("We know of 3 deaths in custody and 17 cases of torture.", "3 killed"),
    (
        "Hong Kong's national security police have arrested 341 people, of whom 165 have been convicted.",
        "341 detained, 165 sentenced",
    ),
    ("How many are still in jail? Sixty-one, according to the committee.", "61 held"),
    ("And how many have been convicted? So far, 120.", "120 sentenced"),
    ("The judges declared 45 applications inadmissible.", "45 excluded"),
    ("Courts had punished 488 people by then.", "488 sentenced"),
    ("The crackdown left one dead and 200 detained.", "1 killed, 200 detained"),
    (
        "There were 21 additions to the list and eight departures in the month.",
        "21 added, 8 removed",
    ),
    ("Thirty names were new and 12 people were dropped from the register.", "30 added, 12 removed"),
    (
        "Some 4,200 people have obtained full freedom under the amnesty law. Of them, 4,000 were already "
        "out of prison and 200 were deprived of liberty.",
        "4200 amnesty_granted, 4000 amnesty_granted, 200 amnesty_granted",
    ),
    (
        "There are 430 political prisoners, 6 less than in the last report, when they were 436.",
        "430 held, 6 net_change, 436 held",
    ),
    ("The Mission counted 120 arrests. Among those arrested were 15 children.", "120 detained, 15 detained"),
    ("Of the arrests, Aleppo saw the most with 55, then Homs with 30.", "55 detained, 30 detained"),
    ("Police picked up 12 people, then 8 more on Friday.", "12 detained, 8 detained"),
    ("The council received 38 delegations, 11 of them from Asia.", ""),
    ("Relatives said seven inmates had been beaten and two had died.", "2 killed"),
    ("Cuba released 553 inmates, 200 of them political prisoners.", "553 released, 200 released"),
    ("A second list of political prisoners, kept abroad, ran to 340.", "340 held"),
    ("Among the inmates are 31 nurses and 9 students.", "31 held, 9 held"),
    ("The prisoners include 12 women.", "12 held"),
    ("They came for him at 6 in the morning; he was sentenced to 18 for conspiracy.", ""),
    ("41 people were arrested after the call-up of 5,000 reservists.", "41 detained"),
    ("He won by a margin of 3-to-1; 26 people were arrested.", "26 detained"),
    ("In at least 11 police stations detained women were questioned.", ""),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_of_each_number_is_said_what_its_sentence_says(text: str, expected: str) -> None:
    claims = read(text, language="en", published=DAY)
    assert ", ".join(f"{c.value} {c.about.value}" for c in claims) == expected

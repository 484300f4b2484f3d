"""Who denies what: the two sides of a dispute, from the shipped network."""

from __future__ import annotations

import pytest

import communique

DENIED = [
    # text, words of the side that asserts, words of the denial
    (
        "Rights groups accused the navy of sinking a fishing boat near Puntland, which it denies.",
        "of sinking a fishing boat",
        "denies",
    ),
    (
        "Prosecutors accused the mayor of taking bribes from a builder, a charge he has always rejected.",
        "of taking bribes",
        "rejected",
    ),
    (
        "The union said forty strikers had been beaten by guards. Police deny that.",
        "forty strikers had been beaten",
        "that",
    ),
    (
        "Kyiv accuses Russian officers of starving captives. Moscow denies mistreating prisoners.",
        "of starving captives",
        "mistreating prisoners",
    ),
    (
        "The opposition accused the president of rigging the vote. A spokesman for the president dismissed "
        'the accusation as "a bedtime story".',
        "of rigging the vote",
        "the accusation",
    ),
    (
        "Two ministers were accused of selling visas to traffickers. The ministers said the allegations "
        "were baseless.",
        "of selling visas",
        "baseless",
    ),
    (
        "Senator Bob Menendez is suspected of laundering money through a charity. Menendez denied "
        "any wrongdoing.",
        "laundering money",
        "any wrongdoing",
    ),
    # what is denied is told with the noun
    (
        "A navy spokesman denied reports that two frigates had collided off Oman.",
        "two frigates had collided",
        "A navy spokesman denied reports",
    ),
    (
        "Latvia's customs office rejected claims by hauliers (LATL) that it had lost their papers.",
        "it had lost their papers",
        "rejected claims",
    ),
    # a charge called false by somebody else than the accused
    (
        "Swiss officials accused Meridian Bank of hiding deposits. A spokesman for the bankers' league, Urs "
        "Frey, called the allegations baseless.",
        "of hiding deposits",
        "the allegations baseless",
    ),
    # what stands before in the same sentence, not the sentence before
    (
        '"I want to wait," the envoy said. The strip is occupied land under the treaty, although Spain '
        "disputes this.",
        "The strip is occupied land",
        "this",
    ),
    # of two verbs the second has another subject
    (
        "Growers say that the new dam dried out their wells. Cairo rejects those claims and the state news "
        "agency has blamed the drought.",
        "dried out their wells",
        "those claims",
    ),
    # the phrase of whoever denies is whole
    (
        "The sergeant says he was sacked for his faith, a claim the army disputes.",
        "he was sacked for his faith",
        "the army disputes",
    ),
    # that he asked is asserted, not what he asked
    (
        "Berg allegedly questioned whether Norway had fought on the right side of the war. Aides publicly "
        "denied the story.",
        "Berg allegedly questioned whether Norway",
        "the story",
    ),
    (
        "Monitors discussed whether the army had illegally shelled the hospital. The army denied the "
        "allegation.",
        "Monitors discussed whether the army",
        "the allegation",
    ),
    # "some" of somebody are not just anybody
    (
        "Iranian officials said that Reza Karimi was killed by rebels. Some of his friends disputed that "
        "account.",
        "Reza Karimi was killed by rebels",
        "that account",
    ),
    # a quotation that follows is not where the charge is denied
    (
        "Greece said on Monday that Turkish ships had entered its waters. However, Ankara rejected the "
        "claim. “Our ships were in the open sea. They have a right to be there,” the foreign ministry said.",
        "Turkish ships had entered its waters",
        "Ankara rejected the claim",
    ),
]

NONE = [
    # a refusal is no denial
    "The president offered talks on the border. The rebels rejected the offer.",
    "The senator denied any wrongdoing.",
    "The minister did not deny that the talks had failed.",
    "The court rejected the appeal of the two men.",
    "Spain was denied a seat on the council.",
    "Ministers praised the harvest. The union rejected criticism of its leader.",
    "The king neither confirmed nor denied the report.",
    # a wish, a court that decides, a condition
    "The premier dismissed suggestions by two ministers that the envoy travel to Bern to sign the treaty.",
    "Prosecutors accused the mayor of taking bribes. The court dismissed the charges.",
    "Reporters accused the mayor of taking bribes. If the mayor denies these charges, he must resign.",
    # "as well" calls it nothing; "in charge of" accuses nobody
    "The guerrillas agreed to leave the town, but the army rejected that as well.",
    "Orban is in charge of the harbour. Orban denied any wrongdoing.",
    # both sides are of one mouth
    "The senator said the charges were ridiculous. The senator also denied the charges in court.",
    # who accuses others of false statements denies nothing
    "The committee said the ministry had tortured prisoners. The ministry accused the committee of spreading "
    "false allegations about the war.",
    # a strike that the denial takes for granted
    "Denmark said that it conducted an air strike on the harbour on Friday. A rebel spokesman, Ali Hersi, "
    "denied that fishermen were killed by Denmark's strikes.",
    # how it was done is denied, not that it was
    "Villagers say that the water and the power of the town have been cut off. Officials denied deliberately "
    "cutting power and water to the town.",
    # the accused are common to both, the deeds are not
    "Kenya accused Somali soldiers of looting farms near the border. Traders said cattle was driven off. "
    "Somalia denied that its soldiers had fired on a bus.",
    # what may come is no fact that is denied
    "The governor dismissed reports that Senator Jane Kerr was considering a run for president.",
    "The governor rejected rumors that Jane Kerr might run for president.",
    # links to others than those that were spoken of
    "Kenya has long worried about Qatar's suspected role in funding schools where pupils learn to hate. "
    "Qatar denies any links to armed groups.",
    # what is denied stands in the same sentence, too short to be shown; not what stands before
    "The film shows sailors beaten by guards of the Danish prison. Some of them say Danes watched and others "
    "deny it.",
    # nobody can tell against whom "others" are
    "Professor Anna Holm says that the treaty binds the Danish crown. Others deny it.",
    # two killings of different days
    "Nine inmates were killed on Monday in a fight, police said. However, the warden said 44 inmates were "
    "killed in a brawl in May.",
]


@pytest.mark.parametrize(("text", "asserted", "denial"), DENIED)
def test_both_sides_of_a_denial(text: str, asserted: str, denial: str) -> None:
    reading = communique.read(text)
    assert [d.kind for d in reading.disputes] == ["denial"]
    first, second = (reading.evidence(s) for s in reading.disputes[0].spans)
    assert asserted in first and denial in second
    assert denial not in first


@pytest.mark.parametrize("text", NONE)
def test_no_dispute_without_another_side(text: str) -> None:
    assert communique.read(text).disputes == []


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        (
            "The Chilean navy rejected claims that its ships had fired on trawlers, saying that none of them "
            "was at sea.",
            "that its ships had fired on trawlers",
        ),
        (
            "The minister dismissed reports that two frigates had collided off Oman as nonsense.",
            "that two frigates had collided off Oman",
        ),
        (
            "The reporter rejected claims that Ruth Hall and others had been used as hostages by the rebels.",
            "that Ruth Hall and others had been used as hostages by the rebels",
        ),
    ],
)
def test_what_is_said_of_a_charge_is_no_part_of_it(text: str, asserted: str) -> None:
    reading = communique.read(text)
    assert [reading.evidence(d.spans[0]) for d in reading.disputes] == [asserted]

"""A company in which each thing that is not for everybody has a word of its own, a canary."""

from datetime import date
from pathlib import Path

from orgdata.private import Area, Private

SETTINGS = '''as_of = 2026-11-20

[access]
require = "header"
header = "X-Email"

[[access.role]]
role = "head"
claim = "X-Email"
any = ["head@canary.example"]

[[access.role]]
role = "leadership"
claim = "X-Email"
any = ["leader@canary.example"]

[[access.role]]
role = "partner"
claim = "X-Function"
any = ["Sales", "Legal"]

[[access.role]]
role = "pm"
rule = "accountable"
'''
TABLES = {
    "people": """person_id,name,email,manager_id
H1,Mara One,mara@canary.example,H6
H2,Tom Two,tom.qzmailtwo@canary.example,
H3,Una Three,una.qzmailthree@canary.example,
H4,Olga Four,olga.qzmailfour@canary.example,
H5,Otto Owner,otto@canary.example,
H6,Dee Deputy,dee@canary.example,""",
    "outcomes": """outcome_id,name,owner_id,tier,weight
O1,Grow at home,H5,1,60
O2,Expand to Japan,H2,1,40""",
    "products": """product_id,name,strategic_role,annual_spend,role_statement,description,segments,jobs,parent_product_id
P1,Checkout,invest,100,qzpurposeone,qzdescribeone,qzsegmentone,qzjobone,
P2,Returns,invest,200,qzpurposetwo,qzdescribetwo,qzsegmenttwo,qzjobtwo,
P3,Search,invest,300,qzpurposethree,,,,
P4,Pricing,maintain,50,,,,,
P5,Loyalty,maintain,50,,,,,
P6,Nobodys,invest,70,,,,,""",
    "assignments": """product_id,person_id,role,allocation_pct,start_date,end_date
P1,H1,accountable,60,2026-01-01,
P1,H6,deputy,20,2026-01-01,
P2,H2,accountable,60,2026-01-01,
P2,H4,contributor,90,2026-01-01,
P3,H3,accountable,30,2026-01-01,
P4,H3,accountable,20,2026-01-01,
P5,H3,accountable,20,2026-01-01,
P3,H4,contributor,57,2026-01-01,""",
    "contributions": """product_id,outcome_id,strength,rationale,confirmed_by,confirmed_on
P1,O1,primary,qzwhyone,H5,2026-10-01
P2,O2,primary,qzwhytwo,H2,2026-10-01
P3,O2,supporting,qzwhythree,,""",
    "objectives": """objective_id,title,product_id,outcome_id,owner_id,ambition,start_date,end_date,parent_objective_id
J0,qzgoalabove,P4,O1,H3,committed,2026-10-01,2027-01-09,
J1,qzgoalone,P1,O1,H1,committed,2026-10-01,2027-01-09,J0
J2,qzgoaltwo,P2,O2,H5,committed,2026-10-01,2027-01-09,
J3,qzgoalthree,P3,O2,H3,committed,2026-10-01,2027-01-09,""",
    "key_results": """kr_id,objective_id,title,kr_type,metric,baseline,target,due_date,owner_id
K1,J1,qzresultone,increase,qzmetricone,0,100,2027-01-09,H1
K2,J2,qzresulttwo,increase,qzmetrictwo,0,100,2027-01-09,H2
K3,J3,qzresultthree,increase,,0,100,2027-01-09,H3""",
    "check_ins": """kr_id,date,value,confidence,note
K1,2026-11-01,10,8,qznoteone
K1,2026-11-15,12,5,qznoteonelate
K2,2026-11-01,10,9,qznotetwo
K2,2026-11-15,11,4,qznotetwolate
K3,2026-11-15,60,8,qznotethree""",
    "dependencies": """dependency_id,product_id,needs_product_id,what,needed_by,agreed
D1,P2,P3,qzneedtwo,2026-11-28,no
D2,P1,P3,qzneedone,2026-11-28,no""",
    "roadblocks": """roadblock_id,what,opened_on,product_id,kr_id,unblocker_id
R1,qzblockone,2026-10-01,P1,,H5
R2,qzblocktwo,2026-10-01,P2,K2,H2""",
    "ideas": """idea_id,name,outcome_id,description,product_id,owner_id,asked_by
B1,qzideaone,O1,qzideatextone,P1,H1,sales
B2,qzideatwo,O2,qzideatexttwo,P2,H2,qzideaaskedtwo
B3,qzideathree,O2,qzideatextthree,,H3,""",
    "work": """work_id,product_id,done_on,kind,asked_by
W1,P1,2026-11-10,goal,qzworkone
W2,P2,2026-11-10,goal,qzworktwo
W3,P2,2026-11-12,request,legal""",
    "expectations": """expectation_id,product_id,partner,what,by_when,state,note
X1,P1,sales,qzaskone,2026-12-01,offered,qzasknoteone
X2,P2,sales,qzasktwo,2026-12-01,offered,qzasknotetwo
X3,P2,support,qzaskthree,2026-12-01,offered,qzasknotethree""",
}
OWN = ("qzpurposeone qzdescribeone qzsegmentone qzjobone qzwhyone qzgoalone qzresultone qzmetricone "
       "qzneedone qzblockone qzaskone qzideaone qzideatextone qzworkone").split()  # of Checkout and all that belongs to it
OTHERS = ("qzpurposetwo qzdescribetwo qzsegmenttwo qzjobtwo qzpurposethree qzwhytwo qzwhythree "
          "qzgoaltwo qzgoalthree qzresulttwo qzresultthree qzmetrictwo qzneedtwo qzblocktwo "
          "qzasktwo qzaskthree qzworktwo qzideatwo qzideatexttwo qzideaaskedtwo qzideathree "
          "qzideatextthree").split()
NOTES_OWN = ["qznoteone", "qznoteonelate"]
NOTES_OTHERS = ["qznotetwo", "qznotetwolate", "qznotethree"]
MAILS = ["qzmailtwo", "qzmailthree", "qzmailfour"]
ABOUT_PERSONS = ["is allocated at 147", "is PM of 3 products", "OWN04:H4", "OWN05:H3", "OWN07:J2",
                 "PRG05:K2"]
ABOUT_OWN = ["PRG05:K1"]
GROWTH_SHARED = ["qzgrowactionone", "qzgrowplaceone"]  # by Mara, with Dee, who is her manager
GROWTH_KEPT = ["qzgrowactionkept", "qzgrowplacekept"]  # by Mara, for herself
GROWTH_OTHERS = ["qzgrowactiontwo", "qzgrowplacetwo"]  # by Tom, with Dee, who is not his
GROWTH = [*GROWTH_SHARED, *GROWTH_KEPT, *GROWTH_OTHERS]
PRIVATE_KEY = "qzprivatekey of the company of canaries"
OWNERSHIP = ["No PM is assigned to Nobodys", "OWN01:P6"]


def private(url: str) -> dict[str, str]:
    """Keeps what Mara and Tom write for themselves in a private database; its environment."""
    day, dee = date(2026, 11, 2), "dee@canary.example"
    with Private.open(url, PRIVATE_KEY) as database:
        for address, name, areas in (
                ("mara@canary.example", "Mara One", (("data", GROWTH_SHARED, dee), ("leading", GROWTH_KEPT, ""))),
                ("tom.qzmailtwo@canary.example", "Tom Two", (("money", GROWTH_OTHERS, dee),))):
            database.change(address, name, lambda _, areas=areas: [Area(
                area, "much", "learning", day, action, day, practise, manager)
                for area, (action, practise), manager in areas], day)
    return {"ORGDATA_PRIVATE": url, "ORGDATA_PRIVATE_KEY": PRIVATE_KEY}


def company(folder: Path) -> Path:
    """The company as a folder of files."""
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text + "\n", "utf-8")
    (folder / "settings.toml").write_text(SETTINGS, "utf-8")
    return folder

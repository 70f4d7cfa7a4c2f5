"""The labels that the sorter knows, written as in what it was trained on (see docs/models)."""

KNOWN = [
    "Access to Services",
    "Care/ Treatment",
    "Communication",
    "Environment/Facilities",
    "Equality/Diversity",
    "Food",
    "Involvement",
    "Leave",
    "MHA",
    "Physical Health",
    "Privacy and Dignity",
    "Record Keeping",
    "Safety",
    "Service Quality/Outcomes",
    "Smoking",
    "Staff/Staff Attitude",
]

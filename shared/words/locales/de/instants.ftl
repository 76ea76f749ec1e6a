### Dates and times, for pages and mails alike. "\u00A0" is a space at which no line breaks.

month =
    { $number ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[other] Dezember
    }
# 1 is Monday.
weekday =
    { $number ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[other] Sonntag
    }
month-of-year = { $month } { $year }
date = { $day }. { $month } { $year }
date-with-weekday = { $weekday }, { $day }. { $month } { $year }
# The date as above, and the time from 00:00 to 23:59.
instant = { $date }, { $time }{ "\u00A0" }Uhr{ "\u00A0" }{ $zone }
# The midnight that ends a day, after "bis" and after a label.
end-of-day = { $date }, 24{ "\u00A0" }Uhr

## How long ago

just-now = gerade eben
minutes-ago =
    { $count ->
        [one] vor { $count } Minute
       *[other] vor { $count } Minuten
    }
hours-ago =
    { $count ->
        [one] vor { $count } Stunde
       *[other] vor { $count } Stunden
    }
today = heute
yesterday = gestern
days-ago =
    { $count ->
        [one] vor { $count } Tag
       *[other] vor { $count } Tagen
    }
months-ago =
    { $count ->
        [one] vor { $count } Monat
       *[other] vor { $count } Monaten
    }
years-ago =
    { $count ->
        [one] vor { $count } Jahr
       *[other] vor { $count } Jahren
    }
long-ago = vor langer Zeit

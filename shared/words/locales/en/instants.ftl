### Dates and times, for pages and mails alike. "\u00A0" is a space at which no line breaks.

month =
    { $number ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[other] December
    }
# 1 is Monday.
weekday =
    { $number ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[other] Sunday
    }
month-of-year = { $month } { $year }
date = { $day } { $month } { $year }
date-with-weekday = { $weekday } { $day } { $month } { $year }
# The date as above, and the time from 00:00 to 24:00.
instant = { $date }, { $time }{ "\u00A0" }{ $zone }

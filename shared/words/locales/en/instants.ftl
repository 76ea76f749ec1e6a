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
# The date as above, and the time from 00:00 to 23:59.
instant = { $date }, { $time }{ "\u00A0" }{ $zone }
# The midnight that ends a day, after "until" and after a label.
end-of-day = the end of { $date }

## How long ago

just-now = just now
minutes-ago =
    { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
hours-ago =
    { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
today = today
yesterday = yesterday
days-ago =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
months-ago =
    { $count ->
        [one] { $count } month ago
       *[other] { $count } months ago
    }
years-ago =
    { $count ->
        [one] { $count } year ago
       *[other] { $count } years ago
    }
long-ago = long ago

"""The Live Data Golf API, the feed's successor: CloudEvents, states, static documents."""

{{ counts_stated('assets') }}

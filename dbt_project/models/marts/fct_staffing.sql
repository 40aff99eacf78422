{{ counts_stated('staffing') }}

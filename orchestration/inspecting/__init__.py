"""The yearly inspection of many disclosures: a round, its workbook and notices, what changed since."""

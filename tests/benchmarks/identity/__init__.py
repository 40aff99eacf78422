"""What is believed of documents as a whole, held against what is known of them.

``python -m tests.benchmarks.identity`` leaves out, cuts and damages covers, and counts how often publisher,
year, stage and tier are right, open or wrong; and says what becomes of documents that are no disclosures.
"""

"""The page of accounts: tree, detail and timeline side by side."""

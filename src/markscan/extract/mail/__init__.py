"""Mail: single messages and saved web pages (MIME), mailboxes, and messages of Outlook."""

"""The guest's page, behind a link: my programme, my officer, what I asked."""

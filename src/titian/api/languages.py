"""The languages in which an officer may write down what a guest said."""

LANGUAGES = [
    ["", "–"],
    ["en", "English"],
    ["id", "Bahasa Indonesia"],
    ["ja", "日本語"],
    ["fr", "Français"],
    ["ar", "العربية"],
    ["zh", "中文"],
    ["es", "Español"],
    ["pt", "Português"],
    ["ru", "Русский"],
]

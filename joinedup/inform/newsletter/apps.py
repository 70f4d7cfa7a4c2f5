from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "joinedup.inform.newsletter"
    label = "inform_newsletter"
    verbose_name = "Newsletter"

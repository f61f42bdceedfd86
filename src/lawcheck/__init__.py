"""A compliance checklist tracker for the legal officers of Chinese government bureaus."""

__version__ = "0.1.0"

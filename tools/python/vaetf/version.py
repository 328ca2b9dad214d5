"""The version of this package, in step with the Java library's."""

__version__ = "0.1.0"

"""The matching of terms beside other engines: definitions, inputs, measuring, summary."""

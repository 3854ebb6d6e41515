"""The history of a plan: what each revision changed, in words; comparing two, bringing one back, names."""

"""Is there any way to break the promise? Bounded proofs over the very engine of the canvas."""

"""How can an ordinary message be cheap? A second, straight way for what happens most often.

The nodes say what happens, always and in full. The functions of this package do exactly the same
for the plain case (nothing armed, nothing cut, one reader, parameters without influence on the
steps at hand), with the calls written out and what they work on in local variables: less than half
the time of a message. ``ways`` says when such a function is made and when it is thrown away. Each
looks first whether its message is plain and answers False, having touched nothing, where it is
not; then the node's own handler does the work. ``World.takes_express`` turns them off, which must
not change a single record: ``tests/engine/test_express.py`` plays the same worlds both ways and
compares the fingerprints.

Whoever gives a node a new parameter does not have to look here: ``plain`` takes a parameter that it
does not know for a reason to go the long way. Whoever adds state to a node that changes what a
handler does at once has to ask for it in the function that stands in for the handler, or, if only
a command, a fault or a connection changes it, where that function is made.
"""

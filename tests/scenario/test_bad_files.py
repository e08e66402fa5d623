"""Is every bad file refused, with the place, the path and the remedy, and at once?"""

# ruff: noqa: E501 - the lines that a user sees are quoted whole

from time import process_time

import pytest

from playground.scenario.load import load_text
from playground.scenario.problem import ScenarioError
from tests.scenario.scenario_samples import (
    GOOD,
    of_consumer,
    of_link,
    of_producer,
    of_queue,
    with_link,
    with_node,
    with_script,
)

LONGEST_CHECK_S = 1.0

BAD_FILES: tuple[tuple[str, str | bytes, str], ...] = (
    (
        "an empty file",
        "",
        "1:1: scenario: A scenario is a mapping of keys to values. Begin the file with: format: 1",
    ),
    (
        "a list",
        "- format: 1",
        "1:1: scenario: A scenario is a mapping of keys to values. Begin the file with: format: 1",
    ),
    (
        "another format",
        GOOD.replace("format: 1", "format: 2"),
        "1:9: format: '2' is not a format that this program reads. Write format: 1.",
    ),
    (
        "no format",
        GOOD.replace("format: 1\n", ""),
        "1:1: format: A scenario needs 'format'. Write format: 1.",
    ),
    (
        "no nodes",
        "format: 1\nlinks: []",
        "1:1: nodes: A scenario needs 'nodes'. Write nodes: {}.",
    ),
    (
        "nodes without value",
        "format: 1\nnodes:\nlinks: []",
        "2:7: nodes: 'nodes' has no value. Write nodes: {}.",
    ),
    (
        "nodes as a list",
        "format: 1\nnodes: [shop]\nlinks: []",
        "2:1: nodes: nodes is a mapping of names. Write shop: {kind: producer, …}.",
    ),
    (
        "no nodes to run",
        "format: 1\nnodes: {}\nlinks: []",
        "2:1: nodes: There is nothing to run. Add a producer, a queue and a consumer.",
    ),
    (
        "links as a mapping",
        GOOD.split("links")[0] + "links: {from: shop, to: orders}",
        "10:1: links: links is a list. Write - {from: shop, to: orders}.",
    ),
    (
        "a misspelled key at the top",
        GOOD.replace("nodes:", "seeed: 3\nnodes:"),
        "2:1: seeed: 'seeed' is not a key of a scenario. Did you mean 'seed'?",
    ),
    (
        "a misspelled key",
        of_consumer("garantee: at-least-once"),
        "10:5: nodes.billing.garantee: 'garantee' is not a key of a consumer. Did you mean 'guarantee'?",
    ),
    (
        "an unlike key",
        of_queue("color: red"),
        "8:5: nodes.orders.color: 'color' is not a key of a queue. Remove it, or write one of durability, flush, ack_durability, deduplicate, dedup_window, order, lease, on_disconnect, stale_ack, max…",
    ),
    (
        "a key of another kind",
        of_consumer("lease: 5 s"),
        "10:5: nodes.billing.lease: 'lease' is not a key of a consumer but of a queue. Move it there or remove it.",
    ),
    (
        "a key written twice",
        of_consumer("prefetch: 1\n    prefetch: 2"),
        "11:5: nodes.billing.prefetch: 'prefetch' is here twice, first on line 10. Rename or remove one.",
    ),
    (
        "a node written twice",
        with_node("shop: {kind: queue}"),
        "10:3: nodes.shop: 'shop' is here twice, first on line 3. Rename or remove one.",
    ),
    (
        "a node without kind",
        with_node("mail: {}"),
        "10:3: nodes.mail.kind: A node needs 'kind'. Write kind: producer, queue, consumer or coordinator.",
    ),
    (
        "an unknown kind",
        with_node("mail: {kind: consummer}"),
        "10:16: nodes.mail.kind: 'consummer' is not a kind. Did you mean 'consumer'?",
    ),
    (
        "a node that is a word",
        with_node("mail: consumer"),
        "10:9: nodes.mail: A node is a mapping. Write it like {kind: queue}.",
    ),
    (
        "an unknown choice",
        of_consumer("guarantee: at-least-one"),
        "10:16: nodes.billing.guarantee: 'at-least-one' is not a value here. Did you mean 'at-least-once'?",
    ),
    (
        "a producer without rate",
        GOOD.replace("    rate: 5 /s\n", ""),
        "3:3: nodes.shop.rate: A producer needs 'rate'. Write rate: 5 /s.",
    ),
    (
        "a rate without unit",
        GOOD.replace("5 /s", "5"),
        "5:11: nodes.shop.rate: '5' has no unit. Write it with /s, /min or /h, like 5 /s.",
    ),
    (
        "a rate of zero",
        GOOD.replace("5 /s", "0 /s"),
        "5:11: nodes.shop.rate: '0 /s' is out of bounds. It must be above 0 and at most 5000 /s.",
    ),
    (
        "a negative rate",
        GOOD.replace("5 /s", "-5 /s"),
        "5:11: nodes.shop.rate: '-5 /s' is out of bounds. It must be above 0 and at most 5000 /s.",
    ),
    (
        "too high a rate",
        GOOD.replace("5 /s", "5001 /s"),
        "5:11: nodes.shop.rate: '5001 /s' is out of bounds. It must be above 0 and at most 5000 /s.",
    ),
    (
        "too many messages in all",
        with_node("web: {kind: producer, rate: 5000 /s}").replace(
            "links:\n", "links:\n  - {from: web, to: orders}\n"
        ),
        "2:1: nodes: The producers send 5005 /s in all; at most 5000 /s. Lower a rate.",
    ),
    (
        "a duration without unit",
        of_queue("lease: 5"),
        "8:12: nodes.orders.lease: '5' has no unit. Write it with us, ms, s, min or h, like 20 ms. Or write unlimited.",
    ),
    (
        "a duration in an unknown unit",
        of_queue("lease: 5 sec"),
        "8:12: nodes.orders.lease: 'sec' is not a unit of a duration. Write us, ms, s, min or h. Or write unlimited.",
    ),
    (
        "a duration with an exponent",
        of_queue("lease: 1e3 ms"),
        "8:12: nodes.orders.lease: '1e3 ms' is not a duration. Write a number and a unit, like 20 ms. Or write unlimited.",
    ),
    (
        "a duration that YAML reads as seconds",
        of_queue("lease: 12:30:00"),
        "8:12: nodes.orders.lease: '12:30:00' is not a duration. Write a number and a unit, like 20 ms. Or write unlimited.",
    ),
    (
        "a duration beyond all bounds",
        of_queue("lease: 3000 h"),
        "8:12: nodes.orders.lease: '3000 h' is out of bounds. It must be at least 0 and at most 10000000 s.",
    ),
    (
        "a chance above one",
        of_link("loss: 110 %"),
        "12:39: links[1].loss: '110 %' is out of bounds. It must be at least 0 and at most 100 %.",
    ),
    (
        "a chance as a fraction",
        of_link("duplicate: 0.1"),
        "12:44: links[1].duplicate: '0.1' has no unit. Write it with %, like 10 %.",
    ),
    (
        "not a number",
        of_producer("retry: {factor: .nan}"),
        "6:21: nodes.shop.retry.factor: '.nan' is not a number. Write it in digits: 2.5.",
    ),
    (
        "infinity",
        of_producer("limit: .inf"),
        "6:12: nodes.shop.limit: '.inf' is not a whole number. Write it in digits: 20.",
    ),
    (
        "an octal number",
        of_producer("limit: 010"),
        "6:12: nodes.shop.limit: '010' is not a whole number. Write it in digits: 20.",
    ),
    (
        "a number of five hundred digits",
        of_producer("limit: " + "9" * 500),
        "6:12: nodes.shop.limit: '999999999999999999999999999999999999999…' is too large. Write at most 18 digits.",
    ),
    (
        "a fraction where a count belongs",
        of_consumer("prefetch: 1.5"),
        "10:15: nodes.billing.prefetch: '1.5' is not a whole number. Write it in digits: 20.",
    ),
    (
        "a factor below one",
        of_producer("retry: {factor: 0.5}"),
        "6:21: nodes.shop.retry.factor: '0.5' is out of bounds. It must be at least 1 and at most 100.",
    ),
    (
        "yes for true",
        of_producer("outbox: yes"),
        "6:13: nodes.shop.outbox: 'yes' is neither true nor false. Write one of these two words.",
    ),
    (
        "null for a default",
        of_queue("lease: null"),
        "8:12: nodes.orders.lease: 'lease' has no value. Leave the key out or write unlimited.",
    ),
    (
        "a key without value",
        of_consumer("guarantee:"),
        "10:15: nodes.billing.guarantee: 'guarantee' has no value. Leave the key out.",
    ),
    (
        "a needed key without value",
        of_producer("").replace("rate: 5 /s", "rate: null"),
        "5:11: nodes.shop.rate: 'rate' has no value. Write rate: 5 /s.",
    ),
    (
        "a list for a word",
        of_consumer("group: [a, b]"),
        "10:5: nodes.billing.group: This is a list; it must be a single value. Write it like group: NAME.",
    ),
    (
        "a word for a list",
        of_consumer("poison: 17"),
        "10:13: nodes.billing.poison: This is a single value; it must be a list. Write it like [1, 2].",
    ),
    (
        "a misspelled key of retry",
        of_producer("retry: {timeout: 1 s, atempts: 3}"),
        "6:27: nodes.shop.retry.atempts: 'atempts' is not a key of 'retry'. Did you mean 'attempts'?",
    ),
    (
        "a spread without mean",
        of_consumer("work: {distribution: exponential}"),
        "10:5: nodes.billing.work.mean: 'work' needs 'mean'. Write mean: 20 ms.",
    ),
    (
        "a way of another guarantee",
        of_consumer("how: inbox"),
        "10:10: nodes.billing.how: 'inbox' is not a way to do at-least-once. Write ack-after or double-ack.",
    ),
    (
        "a transaction that promises less",
        of_consumer("guarantee: at-least-once\n    how: two-phase"),
        "11:10: nodes.billing.how: 'two-phase' is not a way to do at-least-once. Write ack-after or double-ack.",
    ),
    (
        "exactly-once with a memory of its own",
        of_consumer("guarantee: exactly-once\n    idempotency: memory"),
        "11:18: nodes.billing.idempotency: exactly-once brings its own inbox: idempotency must be none or inbox, not 'memory'.",
    ),
    (
        "a natural addition",
        of_consumer("idempotency: natural\n    effect: add"),
        "11:13: nodes.billing.effect: Only a set is idempotent by nature, not 'add'. Write effect: set, or another idempotency.",
    ),
    (
        "a natural call",
        of_consumer("idempotency: natural\n    effect: call"),
        "11:13: nodes.billing.effect: Only a set is idempotent by nature, not 'call'. Write effect: set, or another idempotency.",
    ),
    (
        "a sequence without confirms",
        of_producer("publish: fire-and-forget\n    identity: sequence"),
        "7:15: nodes.shop.identity: A sequence needs confirms. Write publish: confirmed, or identity: message-id.",
    ),
    (
        "an outbox without confirms",
        of_producer("publish: fire-and-forget\n    outbox: true"),
        "7:13: nodes.shop.outbox: An outbox needs confirms. Write publish: confirmed, or outbox: false.",
    ),
    (
        "loss on a stream",
        of_link("transport: stream, loss: {reply: 1 %}"),
        "12:52: links[1].loss: On a stream a single packet cannot be lost: cut the link, or write transport: datagram.",
    ),
    (
        "duplicates on a stream",
        of_link("transport: stream, duplicate: 1 %"),
        "12:63: links[1].duplicate: On a stream a single packet cannot be duplicated: cut the link, or write transport: datagram.",
    ),
    (
        "reordering on a stream",
        of_link("transport: stream, reorder: 1 %"),
        "12:61: links[1].reorder: On a stream a single packet cannot be held back: cut the link, or write transport: datagram.",
    ),
    (
        "dead letters to itself",
        of_queue("dead_letter: orders"),
        "8:18: nodes.orders.dead_letter: A queue cannot be its own dead_letter. Name another queue, or write null.",
    ),
    (
        "dead letters in a circle",
        with_node("morgue: {kind: queue, dead_letter: orders}").replace(
            "kind: queue\n", "kind: queue\n    dead_letter: morgue\n"
        ),
        "8:18: nodes.orders.dead_letter: Dead letters go in a circle: orders → morgue → orders. Write null at one of them.",
    ),
    (
        "dead letters to a consumer",
        of_queue("dead_letter: billing"),
        "8:18: nodes.orders.dead_letter: 'billing' is a consumer. Name a queue, or write null.",
    ),
    (
        "dead letters to nobody",
        of_queue("dead_letter: order"),
        "8:18: nodes.orders.dead_letter: There is no queue 'order'. Did you mean 'orders'?",
    ),
    (
        "a link from nowhere",
        with_link("{from: shopp, to: orders}"),
        "13:12: links[2].from: There is no node 'shopp'. Did you mean 'shop'?",
    ),
    (
        "a link without end",
        with_link("{from: shop}"),
        "13:5: links[2].to: A link needs 'to'. Write to: NAME.",
    ),
    (
        "a link past the queue",
        with_link("{from: shop, to: billing}"),
        "13:5: links[2]: A producer and a consumer meet at a queue. Link 'shop' to a queue, and 'billing' too.",
    ),
    (
        "a link backward to the queue",
        with_link("{from: billing, to: orders}"),
        "13:5: links[2]: This link runs backward: messages go from 'orders' to 'billing'. Swap from and to.",
    ),
    (
        "a link backward to the producer",
        with_link("{from: orders, to: shop}"),
        "13:5: links[2]: This link runs backward: messages go from 'shop' to 'orders'. Swap from and to.",
    ),
    (
        "a link between queues",
        with_node("mail: {kind: queue}") + "  - {from: orders, to: mail}",
        "14:5: links[2]: A link cannot join the queues 'orders' and 'mail'. For given-up messages write dead_letter.",
    ),
    (
        "a link from a producer to a coordinator",
        with_node("judge: {kind: coordinator}") + "  - {from: shop, to: judge}",
        "14:5: links[2]: A producer and a coordinator have nothing to say to each other. "
        "A coordinator is linked from consumers and to their queues.",
    ),
    (
        "a link backward to the coordinator",
        with_node("judge: {kind: coordinator}") + "  - {from: orders, to: judge}",
        "14:5: links[2]: This link runs backward: it is 'judge' that turns to 'orders'. "
        "Swap from and to.",
    ),
    (
        "a consumer with two coordinators",
        with_node("judge: {kind: coordinator}\n  other: {kind: coordinator}")
        + "  - {from: billing, to: judge}\n  - {from: billing, to: other}",
        "16:5: links[3]: 'billing' is linked to 'judge' already; a consumer has one coordinator. "
        "Remove a link.",
    ),
    (
        "a link twice",
        with_link("{from: shop, to: orders}"),
        "13:5: links[2]: A link from 'shop' to 'orders' is there already. Remove one.",
    ),
    (
        "a producer with two queues",
        with_node("mail: {kind: queue}") + "  - {from: shop, to: mail}",
        "14:5: links[2]: 'shop' is linked to 'orders' already; a producer has one queue. Remove a link, or add a node.",
    ),
    (
        "a group on two queues",
        with_node("mail: {kind: consumer, group: billing}").replace(
            "links:\n", "  web: {kind: producer, rate: 1 /s}\n  jobs: {kind: queue}\nlinks:\n"
        )
        + "  - {from: web, to: jobs}\n  - {from: jobs, to: mail}",
        "17:5: links[3]: The group 'billing' reads 'orders' already; a group has one queue. Give this consumer another group.",
    ),
    (
        "a consumer without queue",
        with_node("mail: {kind: consumer}"),
        "10:3: nodes.mail: The consumer 'mail' has no queue. Add a link from a queue to it.",
    ),
    (
        "a producer without queue",
        with_node("web: {kind: producer, rate: 1 /s}"),
        "10:3: nodes.web: The producer 'web' has no queue. Add a link from it to a queue.",
    ),
    (
        "a queue that nothing reaches",
        with_node("jobs: {kind: queue}"),
        "10:3: nodes.jobs: Nothing reaches the queue 'jobs'. Link a producer to it, or name it as a dead_letter.",
    ),
    (
        "a name of 65 characters",
        with_node("n" * 65 + ": {kind: queue}"),
        "10:3: nodes.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…: This name is longer than 64 characters. Shorten it.",
    ),
    (
        "a name that turns the line around",
        with_node('"\\u202Eknil": {kind: queue}'),
        "10:3: nodes.\\u202eknil: This name has a control or direction character (U+202E). Remove it.",
    ),
    (
        "an empty name",
        with_node('"": {kind: queue}'),
        "10:3: nodes.: The name is empty. Write at least one character.",
    ),
    (
        "a bell in the story",
        GOOD + 'story: "\\a"',
        "13:8: story: This text has a control or direction character (U+0007). Remove it.",
    ),
    (
        "an unknown verb",
        with_script("{at: 1 s, do: crsh, node: billing}"),
        "14:19: script[0].do: 'crsh' is not a verb. Did you mean 'crash'?",
    ),
    (
        "an entry without time",
        with_script("{do: crash, node: billing}"),
        "14:5: script[0].at: An entry needs 'at'. Write at: 3 s.",
    ),
    (
        "a crash of nobody",
        with_script("{at: 1 s, do: crash, node: biling}"),
        "14:32: script[0].node: There is no node 'biling'. Did you mean 'billing'?",
    ),
    (
        "a burst of a consumer",
        with_script("{at: 1 s, do: burst, node: billing}"),
        "14:32: script[0].node: 'burst' is done to a producer; 'billing' is a consumer. Name another node.",
    ),
    (
        "an unknown point",
        with_script("{at: 1 s, do: arm-crash, node: billing, point: befor-ack}"),
        "14:52: script[0].point: 'befor-ack' is not a point of a consumer. Did you mean 'before-ack'?",
    ),
    (
        "a pause at a point of a producer",
        with_script("{at: 1 s, do: arm-pause, node: shop, point: before-send}"),
        "14:36: script[0].node: 'arm-pause' is done to a consumer; 'shop' is a producer. Name another node.",
    ),
    (
        "the time before the first",
        with_script("{at: 1 s, do: arm-crash, node: billing, point: before-ack, nth: 0}"),
        "14:69: script[0].nth: '0' is out of bounds. It must be at least 1 and at most 10000000.",
    ),
    (
        "a point of another kind",
        with_script("{at: 1 s, do: arm-crash, node: shop, point: before-ack}"),
        "14:49: script[0].point: 'before-ack' is not a point of a producer. Did you mean 'before-send'?",
    ),
    (
        "a message that is none",
        with_script("{at: 1 s, do: expire, queue: orders, message: first}"),
        "14:51: script[0].message: 'first' is not a message. Write it like shop#20.",
    ),
    (
        "a message of nobody",
        with_script("{at: 1 s, do: expire, queue: orders, message: shopp#1}"),
        "14:51: script[0].message: There is no producer 'shopp'. Did you mean 'shop#1'?",
    ),
    (
        "a packet against its way",
        with_script("{at: 1 s, do: drop-next, from: orders, to: billing, packet: ACK}"),
        "14:65: script[0].packet: ACK travels from 'billing' to 'orders'. Swap from and to.",
    ),
    (
        "a packet on another link",
        with_script("{at: 1 s, do: drop-next, from: shop, to: orders, packet: ACK}"),
        "14:62: script[0].packet: ACK never travels from a producer to a queue. Write SEND.",
    ),
    (
        "an unknown packet",
        with_script("{at: 1 s, do: drop-next, from: shop, to: orders, packet: SENT}"),
        "14:62: script[0].packet: 'SENT' is not a packet. Did you mean 'SEND'?",
    ),
    (
        "a packet between strangers",
        with_script("{at: 1 s, do: drop-next, from: shop, to: billing, packet: SEND}"),
        "14:5: script[0]: There is no link from 'shop' to 'billing'. Add it under links.",
    ),
    (
        "a cut backward",
        with_script("{at: 1 s, do: cut, from: billing, to: orders}"),
        "14:5: script[0]: The link runs from 'orders' to 'billing'. Swap from and to.",
    ),
    (
        "a packet lost on a stream",
        of_link("transport: stream")
        + "script:\n  - {at: 1 s, do: drop-next, from: orders, to: billing, packet: DELIVER}",
        "14:19: script[0].do: On a stream a single packet cannot be lost: cut the link.",
    ),
    (
        "a set of nothing",
        with_script("{at: 1 s, do: set, node: billing}"),
        "14:5: script[0]: This sets nothing. Write a key of the consumer and its value.",
    ),
    (
        "a set of nobody",
        with_script("{at: 1 s, do: set, lease: 1 s}"),
        "14:5: script[0]: 'set' needs a node, or from and to. Write node: NAME.",
    ),
    (
        "a set of another kind's key",
        with_script("{at: 1 s, do: set, node: orders, prefetch: 3}"),
        "14:38: script[0].prefetch: 'prefetch' is not a key of a queue but of a consumer. Move it there or remove it.",
    ),
    (
        "a set to a wrong mix",
        with_script(
            "{at: 1 s, do: set, node: billing, idempotency: memory}",
            "{at: 2 s, do: set, node: billing, guarantee: exactly-once}",
        ),
        "15:50: script[1].guarantee: exactly-once brings its own inbox: idempotency must be none or inbox, not 'memory'.",
    ),
    (
        "a set to too high a rate",
        with_script("{at: 1 s, do: set, node: shop, rate: 6000 /s}"),
        "14:42: script[0].rate: '6000 /s' is out of bounds. It must be above 0 and at most 5000 /s.",
    ),
    (
        "a set to a circle",
        with_script("{at: 1 s, do: set, node: orders, dead_letter: orders}"),
        "14:51: script[0].dead_letter: A queue cannot be its own dead_letter. Name another queue, or write null.",
    ),
    (
        "a claim about nobody",
        GOOD + "expect:\n  - {group: biling, lost: none}",
        "14:13: expect[0].group: There is no group 'biling'. Did you mean 'billing'?",
    ),
    (
        "a claim about an unknown counter",
        GOOD + "expect:\n  - {group: billing, losst: none}",
        "14:22: expect[0].losst: 'losst' is not a counter of a group. Did you mean 'lost'?",
    ),
    (
        "a claim that is none",
        GOOD + "expect:\n  - {group: billing, lost: few}",
        "14:28: expect[0].lost: 'few' is not a claim. Write none, some or a number.",
    ),
    (
        "an entry that claims nothing",
        GOOD + "expect:\n  - {group: billing}",
        "14:5: expect[0]: This claims nothing. Write a counter: lost: none.",
    ),
    (
        "a place of an unknown node",
        GOOD + "layout: {biling: [0, 0]}",
        "13:10: layout.biling: There is no node 'biling'. Did you mean 'billing'?",
    ),
    (
        "a place that is nowhere",
        GOOD + "layout: {billing: [0, .inf]}",
        "13:10: layout.billing: A place is two numbers up to 1000000, like [640, 0].",
    ),
    (
        "a cue without words",
        GOOD + "cues: [{at: 1 s}]",
        "13:8: cues[0].say: A cue needs 'say'. Write say: TEXT.",
    ),
    (
        "an anchor",
        GOOD.replace("5 /s", "&rate 5 /s"),
        "5:11: nodes.shop.rate: Anchors are not allowed. Write the value out, or put it in quotes.",
    ),
    (
        "an alias",
        of_consumer("storm: *weather"),
        "10:12: nodes.billing.storm: Aliases are not allowed. Write the value out, or put it in quotes.",
    ),
    (
        "a bomb of references",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]",
        "1:4: a: Anchors are not allowed. Write the value out, or put it in quotes.",
    ),
    (
        "a tag that calls",
        of_consumer("storm: !!python/object/apply:os.system [ls]"),
        "10:12: nodes.billing.storm: Tags like '!!python/object/apply:os.system' are not allowed. Remove it, or quote the text.",
    ),
    (
        "a tag of our own",
        of_consumer("storm: !weather rain"),
        "10:12: nodes.billing.storm: Tags like '!weather' are not allowed. Remove it, or quote the text.",
    ),
    (
        "a hundred thousand brackets",
        "[" * 100_000,
        "1:21: [0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]: This is nested deeper than 20 levels. Flatten it.",
    ),
    (
        "a hundred thousand braces",
        "{a: " * 100_000,
        "1:81: a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a: This is nested deeper than 20 levels. Flatten it.",
    ),
    (
        "a hundred thousand dashes",
        "- " * 100_000,
        "1:41: [0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]: This is nested deeper than 20 levels. Flatten it.",
    ),
    (
        "a list for a key",
        "? [format]\n: 1",
        "1:3: scenario: A key must be a word. Put a text with brackets in quotes.",
    ),
    (
        "a second document",
        GOOD + "---\nformat: 1",
        "13:1: scenario: A second document begins here. One file, one scenario.",
    ),
    (
        "binary data",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "1:1: scenario: The file is binary. A scenario is a YAML text in UTF-8.",
    ),
    (
        "UTF-16",
        GOOD.encode("utf-16"),
        "1:1: scenario: The file is UTF-16. Save it as UTF-8.",
    ),
    (
        "Latin-1",
        GOOD.encode() + "story: caf\u00e9".encode("latin-1"),
        "13:11: scenario: The file is not UTF-8. Save it as UTF-8.",
    ),
    (
        "two megabytes",
        b"#" * 2_000_000,
        "1:1: scenario: The file is larger than 1 MB. Shorten it.",
    ),
    (
        "a control character",
        GOOD + "story: é\x07",
        "13:9: scenario: There is a control character here. Remove it, or write it as an escape in quotes.",
    ),
    (
        "half a surrogate pair",
        GOOD + "story: \ud800",
        "13:8: scenario: Half a surrogate pair. Remove this character.",
    ),
    (
        "sixty thousand values",
        GOOD + "story: [" + "x, " * 60_000 + "]",
        "13:149910: story[49967]: There are more than 50000 values. Shorten the file.",
    ),
    (
        "a tab for an indent",
        "format: 1\nnodes:\n\tshop: {}",
        "3:1: scenario: This is not YAML: found character that cannot start any token. Indent with spaces, not tabs, and put special characters in quotes.",
    ),
    (
        "a bracket that is left open",
        "format: 1\nnodes: {shop: {kind: queue}",
        "3:1: scenario: This is not YAML: did not find expected ',' or '}'. Close the bracket, or put a comma.",
    ),
    (
        "a colon in a text",
        GOOD + "story: it dies: here",
        "13:15: scenario: This is not YAML: mapping values are not allowed in this context. Put a text with a colon in quotes.",
    ),
    (
        "201 nodes",
        "format: 1\nlinks: []\nnodes:\n"
        + "".join(f"  q{n}: {{kind: queue}}\n" for n in range(201)),
        "3:1: nodes: There are 201 nodes; the most is 200. Remove some.",
    ),
    (
        "1001 links",
        GOOD + "  - {from: shop, to: orders}\n" * 999,
        "10:1: links: There are 1001 links; the most is 1000. Remove some.",
    ),
)


@pytest.mark.parametrize(
    ("text", "line"), [case[1:] for case in BAD_FILES], ids=[case[0] for case in BAD_FILES]
)
def test_a_bad_file_is_refused_at_once_with_place_and_remedy(text: str | bytes, line: str) -> None:
    begin = process_time()
    with pytest.raises(ScenarioError) as refusal:
        load_text(text, "bad.yaml", runnable=True)
    assert process_time() - begin < LONGEST_CHECK_S
    assert refusal.value.lines() == [f"bad.yaml:{line}"]

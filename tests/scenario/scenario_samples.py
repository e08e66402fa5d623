"""Which small files do the tests of the scenario layer start from?"""

GOOD = """\
format: 1
nodes:
  shop:
    kind: producer
    rate: 5 /s
  orders:
    kind: queue
  billing:
    kind: consumer
links:
  - {from: shop, to: orders}
  - {from: orders, to: billing}
"""

EVERY_KEY = """\
format: 1
name: Payment charged twice
story: |
  Billing acks after it has charged. It dies in between.
learn: An ack is not an effect.
watch: The money.
try: Choose exactly-once.
seed: 7
run_for: 60 s
nodes:
  shop:
    kind: producer
    rate: 5 /s
    arrivals: regular
    burst: 10
    limit: 200
    keys: 4
    amount: 100
    publish: confirmed
    identity: none
    window: 1
    outbox: false
    restart_after: 2 s
    retry: {timeout: 500 ms, attempts: unlimited, backoff: 200 ms, factor: 2, cap: 5 s,
            jitter: none}
  orders:
    kind: queue
    durability: sync
    flush: 1 s
    ack_durability: sync
    deduplicate: none
    dedup_window: 120 s
    order: competing
    lease: 5 s
    on_disconnect: requeue
    stale_ack: reject
    max_deliveries: unlimited
    dead_letter: null
    redelivery_delay: 0 ms
    capacity: unlimited
    overflow: reject
    retention: unlimited
    restart_after: 2 s
  billing:
    kind: consumer
    group: billing
    guarantee: at-least-once
    how: ack-after
    idempotency: none
    effect: add
    work: 100 ms
    prefetch: 1
    crash_chance: 0 %
    crash_at: before-ack
    restart_after: 2 s
    failure_chance: 0 %
    poison: []
    ack_timeout: 500 ms
    renew_lease: none
    dedup_window: unlimited
    fencing: false
    storm: weather
links:
  - {from: shop, to: orders, latency: 20 ms}
  - {from: orders, to: billing, latency: {mean: 20 ms, distribution: exponential, sigma: 1},
     loss: {request: 0 %, reply: 10 %}, duplicate: 0 %, reorder: 0 %, transport: datagram,
     storm: rain}
script:
  - {at: 3 s, do: crash, node: billing, for: 2 s}
  - {at: 4 s, do: pause, node: billing, for: 8 s}
  - {at: 5 s, do: arm-crash, node: billing, point: before-ack, message: 20}
  - {at: 6 s, do: drop-next, from: billing, to: orders, packet: ACK}
  - {at: 7 s, do: cut, from: orders, to: billing, for: 3 s}
  - {at: 9 s, do: set, node: billing, guarantee: exactly-once}
expect:
  - {group: billing, lost: none, duplicate_effects: some, produced: 200}
layout: {shop: [0, 0], orders: [320, 0], billing: [640, -12.5]}
cues:
  - {at: 0 s, say: "Billing acks after the charge."}
  - {at: 3 s, say: "It dies here.", pause: true}
"""


def with_line(after: str, line: str) -> str:
    """GOOD with one more line after the one given."""
    assert after in GOOD
    return GOOD.replace(f"{after}\n", f"{after}\n{line}\n", 1)


def of_producer(line: str) -> str:
    """GOOD with a key of the producer, on line 6."""
    return with_line("    rate: 5 /s", f"    {line}")


def of_queue(line: str) -> str:
    """GOOD with a key of the queue, on line 8."""
    return with_line("    kind: queue", f"    {line}")


def of_consumer(line: str) -> str:
    """GOOD with a key of the consumer, on line 10."""
    return with_line("    kind: consumer", f"    {line}")


def of_link(keys: str) -> str:
    """GOOD with keys of the link from orders to billing, on line 12."""
    return GOOD.replace("to: billing}", f"to: billing, {keys}}}")


def with_node(line: str) -> str:
    """GOOD with a node more, on line 10."""
    return with_line("    kind: consumer", f"  {line}")


def with_link(link: str) -> str:
    """GOOD with a link more, on line 13."""
    return f"{GOOD}  - {link}\n"


def with_script(*entries: str) -> str:
    """GOOD with script entries, from line 14 on."""
    return GOOD + "script:\n" + "".join(f"  - {entry}\n" for entry in entries)

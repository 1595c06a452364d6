package dev.millrace.delivery.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.delivery.destination.Balance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BalancersTest {
    private static final int MANY = 10_000;

    private final List<Server> servers =
            new ArrayList<>(List.of(new Server("a"), new Server("b"), new Server("c"), new Server("d")));

    private static final class Server implements Candidate {
        private final String id;
        private int weight = 1;
        private int inFlight;
        private double latency = 10;
        private double errors;

        private Server(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int weight() {
            return weight;
        }

        @Override
        public int inFlight() {
            return inFlight;
        }

        @Override
        public double latency() {
            return latency;
        }

        @Override
        public double errors() {
            return errors;
        }
    }

    private static Balancer balancer(Balance balance) {
        return Balancers.of(balance, false, new Random(7));
    }

    private Map<String, Integer> picks(Balancer balancer, int count) {
        Map<String, Integer> picks = new LinkedHashMap<>();
        servers.forEach(server -> picks.put(server.id, 0));
        for (int i = 0; i < count; i++) {
            picks.merge(balancer.pick(servers, null).id, 1, Integer::sum);
        }
        return picks;
    }

    @Test
    void roundRobinGivesEverybodyTheSame() {
        assertThat(picks(balancer(Balance.ROUND_ROBIN), MANY).values()).containsOnly(MANY / 4);
    }

    @Test
    void weightedGivesByWeightAndMixesEvenly() {
        servers.get(0).weight = 5;
        Balancer balancer = balancer(Balance.WEIGHTED);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            order.add(balancer.pick(servers, null).id);
        }
        assertThat(order).filteredOn("a"::equals).hasSize(5);
        assertThat(String.join("", order))
                .doesNotContain("aaa")
                .contains("b")
                .contains("c")
                .contains("d");
    }

    @Test
    void weightedForgetsThoseThatWent() {
        Balancer balancer = balancer(Balance.WEIGHTED);
        picks(balancer, 10);
        servers.removeLast();
        assertThat(picks(balancer, 9).values()).allMatch(count -> count >= 2);
    }

    @Test
    void leastConnectionsTakesTheOneWithTheFewestByWeight() {
        servers.get(0).inFlight = 4;
        servers.get(1).inFlight = 3;
        servers.get(2).inFlight = 9;
        servers.get(2).weight = 10;
        servers.get(3).inFlight = 2;
        assertThat(picks(balancer(Balance.LEAST_CONNECTIONS), 50)).containsEntry("c", 50);
        servers.get(2).weight = 1;
        assertThat(picks(balancer(Balance.LEAST_CONNECTIONS), 50)).containsEntry("d", 50);
    }

    @Test
    void leastResponseTimeTakesTheQuickestAndTriesTheUnknownFirst() {
        servers.get(1).latency = 2;
        assertThat(picks(balancer(Balance.LEAST_RESPONSE_TIME), 50)).containsEntry("b", 50);
        servers.get(1).inFlight = 9;
        assertThat(picks(balancer(Balance.LEAST_RESPONSE_TIME), 50)).containsEntry("b", 0);
        servers.get(3).latency = 0;
        assertThat(picks(balancer(Balance.LEAST_RESPONSE_TIME), 50)).containsEntry("d", 50);
    }

    @Test
    void adaptiveLeavesTheSlowOneLittleButSome() {
        servers.get(3).latency = 50;
        Map<String, Integer> picks = picks(balancer(Balance.ADAPTIVE), MANY);
        assertThat(picks.get("d")).isBetween(10, MANY / 50);
        assertThat(picks.get("a")).isBetween(MANY / 5, MANY / 2);
    }

    @Test
    void adaptiveShunsTheFailingOneHoweverQuick() {
        servers.get(3).latency = 5;
        servers.get(3).errors = 0.5;
        assertThat(picks(balancer(Balance.ADAPTIVE), MANY).get("d")).isBetween(10, MANY / 50);
    }

    @Test
    void adaptiveIsTwoChoicesWhileNothingIsKnown() {
        servers.forEach(server -> server.latency = 0);
        assertThat(picks(balancer(Balance.ADAPTIVE), MANY).values()).allMatch(count -> count > MANY / 5);
    }

    @Test
    void everyStrategyTakesTheOnlyOne() {
        servers.subList(1, 4).clear();
        for (Balance balance : Balance.values()) {
            assertThat(picks(balancer(balance), 100)).containsEntry("a", 100);
        }
    }

    @Test
    void stickySendsTheSameKeyToTheSameBackendOnEveryNode() {
        Balancer here = Balancers.of(Balance.ROUND_ROBIN, true, new Random(1));
        Balancer there = Balancers.of(Balance.ADAPTIVE, true, new Random(2));
        for (int i = 0; i < 100; i++) {
            String key = "tenant-" + i;
            assertThat(here.pick(servers, key)).isSameAs(there.pick(servers.reversed(), key));
        }
    }

    @Test
    void stickyMovesOnlyTheKeysOfTheOneThatWent() {
        Balancer balancer = Balancers.of(Balance.ROUND_ROBIN, true, new Random(1));
        Map<String, String> before = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            before.put("k" + i, balancer.pick(servers, "k" + i).id);
        }
        assertThat(Set.copyOf(before.values())).hasSize(4);
        servers.removeLast();
        Set<String> moved = new HashSet<>();
        before.forEach((key, server) -> {
            if (!balancer.pick(servers, key).id.equals(server)) {
                moved.add(server);
            }
        });
        assertThat(moved).containsExactly("d");
    }

    @Test
    void stickySharesKeysByWeight() {
        servers.get(0).weight = 3;
        Balancer balancer = Balancers.of(Balance.ROUND_ROBIN, true, new Random(1));
        int mine = 0;
        for (int i = 0; i < 3000; i++) {
            mine += balancer.pick(servers, "key-" + i).id.equals("a") ? 1 : 0;
        }
        assertThat(mine).isBetween(1350, 1650);
    }

    @Test
    void withoutAKeyStickyGoesAsTheOtherStrategySays() {
        assertThat(picks(Balancers.of(Balance.ROUND_ROBIN, true, new Random(1)), 40)
                        .values())
                .containsOnly(10);
    }
}

package org.tornadovit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tornadovit.lab.statistics.Sample;

class RaceTest {

    @Test
    void everyRoundRunsEverybody() {
        List<String> order = new ArrayList<>();
        Map<String, Runnable> runners = new LinkedHashMap<>();
        runners.put("a", () -> order.add("a"));
        runners.put("b", () -> order.add("b"));
        Map<String, Sample> samples = new Race(0, 3).run(runners);
        assertThat(samples.keySet()).containsExactly("a", "b");
        assertThat(samples.get("a").size()).isEqualTo(3);
        assertThat(order.subList(order.size() - 6, order.size()))
                .containsExactly("a", "b", "a", "b", "a", "b");
    }
}

package org.tornadovit.lab.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tornadovit.lab.experiment.Claim;

/** What a claim needs beside a difference: images enough, and seeds that agree. */
class JudgeTest {
    private static final int IMAGES = 1000;
    private static final Claim BETTER = new Claim.Better("V", "R");

    private final List<TrialResult> results = new ArrayList<>();

    private void add(
            String model, String family, int images, long seed, double flop, double share) {
        BitSet correct = new BitSet();
        correct.set(0, (int) Math.round(share * IMAGES));
        results.add(
                new TrialResult(
                        new Trial(model, images, 8, seed, Trial.Stage.TRAINING),
                        family,
                        1,
                        1,
                        images,
                        1,
                        flop,
                        1,
                        1,
                        new Scores(IMAGES, correct, Optional.empty(), Optional.empty()),
                        ""));
    }

    private void add(String model, double... shares) {
        for (int seed = 0; seed < shares.length; seed++) {
            add(model, "pure", 0, seed, 1, shares[seed]);
        }
    }

    private String verdict(Claim claim) {
        return new Judge(results).verdict(claim).sentence();
    }

    @Test
    void seedsThatAgreeShowIt() {
        add("V", 0.82, 0.83, 0.81);
        add("R", 0.7, 0.71, 0.7);
        assertThat(verdict(BETTER))
                .startsWith("V is better than R: shown; difference of top-1 +0.117 [+0.")
                .endsWith(", 3 seeds.");
        assertThat(verdict(new Claim.Better("R", "V")))
                .startsWith("R is better than V: contradicted; difference of top-1 -0.117");
    }

    @Test
    void oneSeedShowsNothing() {
        add("V", 0.9);
        add("R", 0.5);
        assertThat(verdict(BETTER))
                .startsWith("V is better than R: not shown; difference of top-1 +0.4")
                .endsWith(
                        "one seed, so that the interval tells of the images only; too few seeds.");
    }

    @Test
    void twoSeedsThatAreFarApartAreTooFew() {
        add("V", 0.95, 0.65);
        add("R", 0.5, 0.5);
        assertThat(verdict(BETTER))
                .startsWith("V is better than R: not shown; difference of top-1 +0.3")
                // 12.706 · 0.15 on either side
                .endsWith(
                        "2 seeds; too few seeds: Student's interval over their differences is"
                                + " [-1.606, +2.206].");
    }

    @Test
    void aDifferenceWithinTheImagesIsNone() {
        add("V", 0.701, 0.711, 0.701);
        add("R", 0.7, 0.71, 0.7);
        assertThat(verdict(BETTER)).contains("not shown").endsWith("the interval contains 0.");
    }

    @Test
    void growthIsHeldAgainstSeedsToo() {
        for (long seed = 0; seed < 2; seed++) {
            add("V", "pure", 10, seed, 1, 0.5);
            add("V", "pure", 100, seed, 1, 0.9 - 0.3 * seed);
            add("R", "resnet", 10, seed, 1, 0.5);
            add("R", "resnet", 100, seed, 1, 0.5);
        }
        assertThat(verdict(new Claim.Gains("V", "R")))
                .contains("not shown; growth of the lead from 10 to 100 images +0.25")
                .contains("too few seeds: Student's interval over their differences is [-1.656,");
    }

    @Test
    void aCrossoverNeedsThreeSeeds() {
        for (int seeds = 1; seeds <= 3; seeds++) {
            add("H-1", "hybrid", 0, seeds, 1e9, 0.8);
            add("H-2", "hybrid", 0, seeds, 1e10, 0.81);
            add("V-1", "pure", 0, seeds, 1e9, 0.5);
            add("V-2", "pure", 0, seeds, 1e10, 0.99);
            String verdict = verdict(new Claim.Crossover("hybrid", "pure"));
            if (seeds < 3) {
                assertThat(verdict).contains("not shown; crossover at").endsWith("too few seeds.");
            } else {
                assertThat(verdict).contains(": shown; crossover at").endsWith("3 seeds.");
            }
        }
    }
}

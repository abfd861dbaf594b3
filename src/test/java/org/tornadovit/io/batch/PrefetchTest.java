package org.tornadovit.io.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.io.data.DatasetException;
import org.tornadovit.io.data.LabelledImage;
import org.tornadovit.io.data.Split;
import org.tornadovit.io.image.Preprocessing;

/** What would wait for ever fails instead. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class PrefetchTest {
    private static BatchSource source(Dataset data) {
        return new BatchSource(data, Preprocessing.vit(8), new Augmentation(1, 0.5, 0.2, 0), 16, 4);
    }

    @Test
    void batchesComeInOrderAndAreThoseOfTheSource() {
        BatchSource source = source(Dataset.open("digits", Split.TEST));
        try (Prefetch prefetch = new Prefetch(source, 5, 30)) {
            for (long step = 5; step < 30; step++) {
                Batch batch = prefetch.next();
                assertThat(batch.step()).isEqualTo(step);
                assertThat(batch.images()).isEqualTo(source.batch(step).images());
                assertThat(batch.targets()).isEqualTo(source.batch(step).targets());
            }
        }
    }

    @Test
    void aBrokenImageIsReportedToWhoeverAsksAndAsOftenAsAsked() {
        try (Prefetch prefetch = new Prefetch(source(new Broken()), 0, 3)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(prefetch::next).hasStackTraceContaining("image is broken");
            }
        }
    }

    @Test
    void closingEndsAThreadThatWaits() {
        Prefetch prefetch =
                new Prefetch(source(Dataset.open("digits", Split.TEST)), 0, Long.MAX_VALUE);
        prefetch.next();
        prefetch.close(); // joins the thread
    }

    private static final class Broken implements Dataset {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public List<String> classes() {
            return List.of("a");
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public LabelledImage image(int index) {
            throw new DatasetException("image is broken");
        }

        @Override
        public String contentHash() {
            return "";
        }
    }
}

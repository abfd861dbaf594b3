package org.tornadovit.lab.training;

/** Is told how a training task goes on. */
public interface TrainingProgress {
    /**
     * Where a run stands.
     *
     * @param trial the run
     * @param number of the run, from 1
     * @param trials number of all runs
     * @param step steps made
     * @param steps steps of the run
     * @param epoch passes over the images made
     * @param loss of the last step
     * @param rate learning rate of the last step
     * @param share of the whole task's operations that is done
     * @param seconds since the task was begun or gone on with
     * @param begun share that was done already then
     */
    record Moment(
            Trial trial,
            int number,
            int trials,
            long step,
            long steps,
            double epoch,
            double loss,
            double rate,
            double share,
            double seconds,
            double begun) {

        /** {@return an estimate of the seconds left, by operations} */
        public double secondsLeft() {
            return share > begun ? seconds * (1 - share) / (share - begun) : 0;
        }
    }

    /** After each step. */
    void step(Moment moment);

    /** After each look at held-out images. */
    void evaluated(Moment moment, Scores scores);

    /** After each run. */
    void done(TrialResult result);

    /** Says nothing. */
    TrainingProgress SILENT =
            new TrainingProgress() {
                @Override
                public void step(Moment moment) {}

                @Override
                public void evaluated(Moment moment, Scores scores) {}

                @Override
                public void done(TrialResult result) {}
            };
}

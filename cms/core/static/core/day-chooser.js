// Starts Wagtail's date and time choosers from data attributes: the content policy refuses their inline scripts.
(function () {
  // Milliseconds after which the calendar opens, in the chooser itself; a little later it can be closed for sure.
  const AFTER_OPENING = 150;
  const STARTERS = { day: "initDateChooser", moment: "initDateTimeChooser", time: "initTimeChooser" };

  class DayChooserController extends window.StimulusModule.Controller {
    static values = { kind: String, config: Object };

    connect() {
      const start = () => {
        const input = this.element.querySelector("input");
        const starter = window[STARTERS[this.kindValue]];
        if (!input || !starter || this.started) return;
        this.started = true;
        starter(input.id, this.configValue);
        // Whoever is past the field before its calendar opens would have it over the fields that follow.
        input.addEventListener("blur", () => {
          setTimeout(() => {
            if (document.activeElement !== input) window.jQuery(input).datetimepicker("hide");
          }, AFTER_OPENING);
        });
      };
      start();
      // The script of the choosers may stand further down the page than this one.
      if (!this.started) window.addEventListener("load", start, { once: true });
    }
  }

  window.wagtail.app.register("day-chooser", DayChooserController);
})();

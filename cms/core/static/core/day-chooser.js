// Starts Wagtail's date and time choosers from data attributes: the content policy refuses their inline scripts.
(function () {
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
      };
      start();
      // The script of the choosers may stand further down the page than this one.
      if (!this.started) window.addEventListener("load", start, { once: true });
    }
  }

  window.wagtail.app.register("day-chooser", DayChooserController);
})();

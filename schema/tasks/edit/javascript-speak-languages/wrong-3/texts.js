"use strict";

const TEXTS = {
  en: {
    sent: "parcel {id} was sent",
    arrives: "arrives on {date}",
    waits: { one: "{count} parcel waits", other: "{count} parcels wait" },
  },
  de: {
    sent: "Paket {id} wurde versandt",
    arrives: "kommt am {date} an",
    waits: { one: "{count} Paket wartet", other: "{count} Pakete warten" },
  },
};

module.exports = { TEXTS };
